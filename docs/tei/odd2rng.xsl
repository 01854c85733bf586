<?xml version="1.0" encoding="UTF-8"?>
<!-- An ODD that chooses elements (moduleRef/@include) over tei_all.rng: RELAX NG with those only.
     Elements that are not chosen become notAllowed, so that every content model still holds; the
     Schematron of chosen elements, the ODD's own included, is kept for odd2check.xsl.

     Input: the ODD. Parameter `all`: the address of tei_all.rng. XSLT 3.0. -->
<xsl:stylesheet version="3.0" expand-text="yes" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:rng="http://relaxng.org/ns/structure/1.0"
  xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:sch="http://purl.oclc.org/dsdl/schematron"
  exclude-result-prefixes="#all">
  <xsl:param name="all" as="xs:string" required="yes"/>
  <xsl:output method="xml" encoding="UTF-8"/>
  <xsl:mode on-no-match="shallow-copy"/>

  <xsl:variable name="odd" select="/"/>
  <xsl:variable name="chosen" as="xs:string*"
    select="//tei:schemaSpec/tei:moduleRef/tokenize(normalize-space(@include), ' ')"/>
  <xsl:variable name="starts" as="xs:string*"
    select="tokenize(normalize-space(//tei:schemaSpec/@start), ' ')"/>

  <xsl:template match="/">
    <xsl:variable name="grammar" select="doc($all)/rng:grammar"/>
    <xsl:variable name="unknown" as="xs:string*"
      select="($chosen, //tei:elementSpec/@ident)[not(. = $grammar/rng:define/rng:element/@name)]"/>
    <xsl:if test="exists($unknown) or empty($chosen)">
      <xsl:message terminate="yes">tei_all has no element {string-join($unknown, ', ')}</xsl:message>
    </xsl:if>
    <xsl:apply-templates select="$grammar"/>
  </xsl:template>

  <xsl:template match="rng:define[rng:element][not(rng:element/@name = $chosen)]">
    <xsl:copy>
      <xsl:copy-of select="@*"/>
      <rng:notAllowed/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="rng:start">
    <xsl:copy>
      <rng:choice>
        <xsl:for-each select="$starts"><rng:ref name="{.}"/></xsl:for-each>
      </rng:choice>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="rng:element[@name = $odd//tei:elementSpec/@ident]">
    <xsl:copy>
      <xsl:apply-templates select="@* | node()"/>
      <xsl:variable name="name" select="string(@name)"/>
      <xsl:for-each select="$odd//tei:elementSpec[@ident = $name]/tei:constraintSpec">
        <sch:pattern id="aligner-{$name}-{@ident}">
          <xsl:copy-of select="tei:constraint/sch:rule"/>
        </sch:pattern>
      </xsl:for-each>
    </xsl:copy>
  </xsl:template>
</xsl:stylesheet>
