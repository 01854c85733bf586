"""The checks of quantities: numbers, number words, dates, times, percentages, amounts, measures."""
