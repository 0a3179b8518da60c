namespace DailyPapers.Papers;

/// <summary>What a source says about a paper; null and empty mean the source does not say.</summary>
public sealed record PaperRecord
{
    /// <summary>The source: <c>starter</c>, <c>arxiv</c>, <c>huggingface</c>, <c>jsonl</c> or <c>submission</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The arXiv identifier, with the version when the source names it.</summary>
    public ArxivId? Arxiv { get; init; }

    /// <summary>The DOI.</summary>
    public string? Doi { get; init; }

    /// <summary>The title; accents decoded.</summary>
    public required string Title { get; init; }

    /// <summary>The authors in order.</summary>
    public IReadOnlyList<Author> Authors { get; init; } = [];

    /// <summary>The authors' abstract.</summary>
    public string? Abstract { get; init; }

    /// <summary>A summary written for a feed.</summary>
    public string? Summary { get; init; }

    /// <summary>arXiv categories, the primary one first.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Keywords.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>The date of first publication; null when the source does not say.</summary>
    public DateOnly? Published { get; init; }

    /// <summary>How much of <see cref="Published"/> is known.</summary>
    public DatePrecision PublishedPrecision { get; init; }

    /// <summary>When the version described was submitted.</summary>
    public DateTimeOffset? Revised { get; init; }

    /// <summary>Journal reference, conference or venue.</summary>
    public string? Venue { get; init; }

    /// <summary>The authors' comment.</summary>
    public string? Comment { get; init; }

    /// <summary>The licence's URL or SPDX identifier.</summary>
    public string? Licence { get; init; }

    /// <summary>A PDF that is not arXiv's.</summary>
    public string? PdfUrl { get; init; }

    /// <summary>The code.</summary>
    public string? CodeUrl { get; init; }

    /// <summary>The project page.</summary>
    public string? ProjectUrl { get; init; }

    /// <summary>Versions the source lists.</summary>
    public IReadOnlyList<PaperVersion> Versions { get; init; } = [];

    /// <summary>True when the source says the paper was withdrawn.</summary>
    public bool IsWithdrawn { get; init; }

    /// <summary>The topic in a curated collection.</summary>
    public string? Topic { get; init; }

    /// <summary>The name the lab knows the paper by.</summary>
    public string? LabSlug { get; init; }

    /// <summary>Upvotes on Hugging Face.</summary>
    public int? HuggingFaceUpvotes { get; init; }
}
