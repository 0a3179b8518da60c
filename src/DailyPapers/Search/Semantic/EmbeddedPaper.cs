using System.IO.Hashing;
using System.Linq.Expressions;
using System.Runtime.InteropServices;
using DailyPapers.Embedding;
using DailyPapers.Papers;
using DailyPapers.Search.Text;

namespace DailyPapers.Search.Semantic;

/// <summary>What is embedded of a paper.</summary>
internal sealed record EmbeddedPaper(long Id, long ChangeSequence, string Title, List<string> Keywords, string? Abstract, string? Summary)
{
    /// <summary>Reads the columns needed and no others.</summary>
    public static Expression<Func<Paper, EmbeddedPaper>> FromPaper { get; } =
        p => new EmbeddedPaper(p.Id, p.ChangeSequence, p.Title, p.Keywords, p.Abstract, p.Summary);

    /// <summary>The text to embed.</summary>
    /// <param name="titleCount">How often the title stands in it.</param>
    public string Text(int titleCount) => PaperText.Compose(
        PlainText.OfTitle(Title), Keywords, (Abstract ?? Summary) is { } prose ? PlainText.OfProse(prose) : null, titleCount);

    /// <summary>Tells whether a text is one that was embedded before.</summary>
    public static ulong HashOf(string text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()));
}
