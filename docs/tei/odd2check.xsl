<?xml version="1.0" encoding="UTF-8"?>
<!-- The Schematron inside a schema of odd2rng.xsl as a stylesheet that writes one line a failure:
     the id of the nearest element that has one, a tab, the message.

     Input: the schema. XSLT 3.0; the query language of TEI's rules is XPath 2. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:out="urn:stylesheet:output" xmlns:sch="http://purl.oclc.org/dsdl/schematron"
  xmlns:tei="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="sch">
  <xsl:namespace-alias stylesheet-prefix="out" result-prefix="xsl"/>
  <xsl:output method="xml" encoding="UTF-8"/>

  <xsl:template match="/">
    <out:stylesheet version="3.0" expand-text="no">
      <xsl:namespace name="rng">http://relaxng.org/ns/structure/1.0</xsl:namespace>
      <xsl:namespace name="teix">http://www.tei-c.org/ns/Examples</xsl:namespace>
      <xsl:namespace name="xs">http://www.w3.org/2001/XMLSchema</xsl:namespace>
      <out:output method="text" encoding="UTF-8"/>
      <xsl:variable name="rules" select="//sch:rule[@context]"/>
      <out:template match="/">
        <xsl:for-each select="$rules">
          <out:apply-templates mode="rule{position()}" select="/"/>
        </xsl:for-each>
      </out:template>
      <xsl:for-each select="$rules">
        <xsl:variable name="mode" select="'rule' || position()"/>
        <out:mode name="{$mode}" on-no-match="shallow-skip"/>
        <out:template mode="{$mode}" match="{@context}">
          <xsl:for-each select="sch:let">
            <out:variable name="{@name}" select="{@value}"/>
          </xsl:for-each>
          <xsl:for-each select="sch:assert | sch:report">
            <out:if test="{if (self::sch:assert) then 'not(' || @test || ')' else @test}">
              <out:value-of
                select="(ancestor-or-self::*/@xml:id)[last()]"/>
              <out:value-of select="codepoints-to-string(9)"/><out:text><xsl:value-of select="normalize-space(.)"/></out:text><out:value-of select="codepoints-to-string(10)"/>
            </out:if>
          </xsl:for-each>
          <out:apply-templates mode="{$mode}"/>
        </out:template>
      </xsl:for-each>
    </out:stylesheet>
  </xsl:template>
</xsl:stylesheet>
