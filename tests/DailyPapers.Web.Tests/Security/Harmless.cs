using System.Xml;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace DailyPapers.Web.Tests.Security;

/// <summary>What no page and no feed may hold, whatever people write.</summary>
internal static class Harmless
{
    private const string Forbidden =
        "script:not([src^='/assets/']),iframe,frame,object,embed,applet,base,style,template,noscript:has(:not(p.note)),foreignobject,animate,set,use,image,video,audio,source,portal,marquee,meta[http-equiv],link[rel~=stylesheet]:not([href^='/assets/']),link[rel~=import]";

    private static readonly string[] Addresses = ["href", "src", "action", "formaction", "xlink:href", "poster", "background", "ping", "cite", "data", "longdesc"];

    public static void AssertPage(IDocument page, string where)
    {
        foreach (var element in page.All)
        {
            Assert.False(element.Matches(Forbidden), $"{where} holds {Start(element)}");
            foreach (var attribute in element.Attributes)
            {
                Assert.False(
                    attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name is "style" or "srcdoc" or "autofocus" or "is" or "slot",
                    $"{where} holds the attribute {attribute.Name} in {Start(element)}");
                if (Addresses.Contains(attribute.Name))
                    Assert.True(IsHarmlessAddress(element, attribute), $"{where} leads to {attribute.Value} in {Start(element)}");
            }
        }
    }

    /// <summary>A feed is XML, its markup is harmless, and it leads only to the web.</summary>
    public static void AssertFeed(string xml, string where)
    {
        XDocument feed;
        try
        {
            feed = XDocument.Parse(xml);
        }
        catch (XmlException exception)
        {
            Assert.Fail($"{where} is no XML: {exception.Message}");
            return;
        }
        XNamespace atom = "http://www.w3.org/2005/Atom";
        Assert.All(feed.Descendants(), element => Assert.Equal(atom, element.Name.Namespace));
        foreach (var html in feed.Descendants().Where(element => (string?)element.Attribute("type") == "html"))
            AssertPage(new HtmlParser().ParseDocument(html.Value), where);
        foreach (var link in feed.Descendants().Attributes("href"))
            Assert.True(Uri.TryCreate(link.Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https", $"{where} leads to {link.Value}");
    }

    private static bool IsHarmlessAddress(IElement element, IAttr attribute)
    {
        // As browsers read it: without control characters and spaces around.
        var value = string.Concat(attribute.Value.Where(sign => sign is not ('\t' or '\n' or '\r'))).TrimStart('\0', ' ');
        if (attribute.Name is "action" or "formaction")
            return value is ['/', not ('/' or '\\'), ..] or "/";
        if (element.LocalName is "img")
            return value is ['/', not ('/' or '\\'), ..];
        var colon = value.IndexOfAny([':', '/', '?', '#']);
        return colon < 0 || value[colon] != ':' || value[..colon].ToUpperInvariant() is "HTTP" or "HTTPS" or "MAILTO";
    }

    private static string Start(IElement element) => element.OuterHtml[..Math.Min(200, element.OuterHtml.Length)];
}
