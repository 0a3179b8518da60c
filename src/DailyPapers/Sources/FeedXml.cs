using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace DailyPapers.Sources;

/// <summary>Reads XML of a stranger: no document types, no entities but the built-in ones, nothing fetched, bounded depth and size.</summary>
internal static class FeedXml
{
    private const int Deepest = 64;
    private const int MostNodes = 2_000_000;

    /// <summary>The root element of a whole, well-formed document.</summary>
    /// <exception cref="MalformedResponseException">The document is cut off or not well-formed.</exception>
    /// <exception cref="RefusedResponseException">It is no XML at all, or declares a document type.</exception>
    public static XElement Load(SourceResponse response)
    {
        using var text = TextDecoding.Open(response);
        RefuseHtml(response);
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = response.Body.Length + 1L,
            // Abstracts at arXiv have held control characters; they are dropped with the other white space later.
            CheckCharacters = false,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        try
        {
            using var reader = XmlReader.Create(text, settings);
            return Build(reader);
        }
        catch (XmlException exception)
        {
            throw new MalformedResponseException(exception.Message, exception);
        }
        catch (DecoderFallbackException exception)
        {
            throw new MalformedResponseException($"its encoding is not the declared one: {exception.Message}", exception);
        }
    }

    /// <summary>The text of the first child with this local name; null when absent or empty.</summary>
    public static string? Text(this XElement element, string localName) =>
        element.Child(localName)?.Value is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;

    /// <summary>The first child with this local name, whatever its namespace: arXiv has changed theirs.</summary>
    public static XElement? Child(this XElement element, string localName) => element.Children(localName).FirstOrDefault();

    /// <summary>The children with this local name.</summary>
    public static IEnumerable<XElement> Children(this XElement element, string localName) =>
        element.Elements().Where(child => child.Name.LocalName == localName);

    private static XElement Build(XmlReader reader)
    {
        XElement? root = null;
        XElement? current = null;
        int depth = 0, nodes = 0;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (depth >= Deepest || ++nodes > MostNodes)
                        throw new RefusedResponseException("the answer's XML is nested too deeply or has too many elements.", "Check the configured URL.");
                    var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
                    var isEmpty = reader.IsEmptyElement;
                    while (reader.MoveToNextAttribute())
                    {
                        if (reader.NamespaceURI != XNamespace.Xmlns.NamespaceName)
                            element.SetAttributeValue(XName.Get(reader.LocalName, reader.NamespaceURI), reader.Value);
                    }
                    if (current is null)
                        root = element;
                    else
                        current.Add(element);
                    if (!isEmpty)
                    {
                        current = element;
                        depth++;
                    }
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    current?.Add(reader.Value);
                    break;
                case XmlNodeType.EndElement:
                    current = current?.Parent;
                    depth--;
                    break;
            }
        }
        return root ?? throw new MalformedResponseException("it is empty.");
    }

    private static void RefuseHtml(SourceResponse response)
    {
        var start = Encoding.Latin1.GetString(response.Body, 0, Math.Min(response.Body.Length, 1024));
        if (start.Contains("<html", StringComparison.OrdinalIgnoreCase) || start.Contains("<!DOCTYPE html", StringComparison.OrdinalIgnoreCase))
            throw new RefusedResponseException("it answered with a web page rather than with data.", "Check the configured URL, and whether a proxy or a log-in page stands between.");
        if (start.Contains("<!DOCTYPE", StringComparison.Ordinal))
            throw new RefusedResponseException("the answer declares a document type, which is refused because entities can read files and fill the memory.", "Check the configured URL.");
    }
}
