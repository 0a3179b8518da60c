using Markdig.Syntax.Inlines;

namespace DailyPapers.Community.Comments.Rendering;

/// <summary>An <c>@handle</c> as it was written, without the sign.</summary>
internal sealed class MentionInline(string written) : LeafInline
{
    public string Written { get; } = written;
}
