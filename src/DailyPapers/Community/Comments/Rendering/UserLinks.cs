using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace DailyPapers.Community.Comments.Rendering;

/// <summary>
/// Makes images links, since pictures from elsewhere would tell their owner who reads; and tells search engines that links
/// are not the site's own.
/// </summary>
internal static class UserLinks
{
    private const string Relation = "nofollow ugc noopener";

    public static MarkdownDocument Prepare(MarkdownDocument document)
    {
        foreach (var link in document.Descendants<LinkInline>())
        {
            link.IsImage = false;
            // A link without text cannot be heard or hit.
            if (link.FirstChild is null && link.Url is { Length: > 0 } address)
                link.AppendChild(new LiteralInline(address));
            link.GetAttributes().AddPropertyIfNotExist("rel", Relation);
        }
        foreach (var link in document.Descendants<AutolinkInline>())
            link.GetAttributes().AddPropertyIfNotExist("rel", Relation);
        return document;
    }
}
