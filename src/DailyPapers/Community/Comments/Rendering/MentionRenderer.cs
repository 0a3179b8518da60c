using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace DailyPapers.Community.Comments.Rendering;

/// <summary>Links a handle to its person, if somebody has it.</summary>
internal sealed class MentionRenderer(IReadOnlyCollection<string> known) : HtmlObjectRenderer<MentionInline>
{
    /// <summary>Where people's pages are.</summary>
    public const string People = "/people/";

    protected override void Write(HtmlRenderer renderer, MentionInline obj)
    {
        var handle = obj.Written.ToLowerInvariant();
        // A link within a link would end the outer one.
        if (known.Contains(handle) && obj.FindParentOfType<LinkInline>().FirstOrDefault() is null)
            renderer.Write("<a href=\"").Write(People).Write(handle).Write("\">@").Write(obj.Written).Write("</a>");
        else
            renderer.Write("@").Write(obj.Written);
    }
}
