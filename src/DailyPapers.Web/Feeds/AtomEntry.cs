namespace DailyPapers.Web.Feeds;

/// <summary>An entry of a feed.</summary>
/// <param name="Id">The path that stands for it, for ever.</param>
/// <param name="Path">The path of the page that shows it.</param>
/// <param name="Title">Its title as plain text.</param>
/// <param name="Published">When it appeared.</param>
/// <param name="Updated">When it last changed.</param>
internal sealed record AtomEntry(string Id, string Path, string Title, DateTimeOffset Published, DateTimeOffset Updated)
{
    /// <summary>A PDF of it.</summary>
    public string? Pdf { get; init; }

    /// <summary>Who made it.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>What it is about.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>What it says, as plain text.</summary>
    public string? Summary { get; init; }

    /// <summary>What it says, as sanitised HTML.</summary>
    public string? Html { get; init; }
}
