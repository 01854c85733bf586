"""What differs from one system to another, and nothing else asks it: Linux, macOS, Windows.

- `cores` how many cores this process may use, and taking some of them
- `children` processes of this program, talked to by messages; a call under limits
- `limits` memory that a process may use
- `locks` one holder at a time, gone with its process
- `interrupts` Ctrl-C and SIGTERM: raised where Python runs, an end within seconds where it does not
- `places` renaming over a file that another program has open, modes, folders made durable
- `identity` which process is this, and does that one still run

Nothing of it is imported before it is used: the modules named above are.
"""
