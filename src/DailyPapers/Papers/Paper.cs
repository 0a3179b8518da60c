using System.Globalization;

namespace DailyPapers.Papers;

/// <summary>A paper, stored once whatever the number of sources that name it.</summary>
public sealed class Paper
{
    /// <summary>Database identity.</summary>
    public long Id { get; set; }

    /// <summary>The identifier in URLs: the arXiv id where there is one, else a stable key derived from DOI or title.</summary>
    public required string Key { get; set; }

    /// <summary>The arXiv id without version.</summary>
    public string? ArxivId { get; set; }

    /// <summary>The newest version known, or null when no source named one.</summary>
    public int? ArxivVersion { get; set; }

    /// <summary>The DOI in lower case, without resolver.</summary>
    public string? Doi { get; set; }

    /// <summary>The title; accents decoded, mathematics as TeX between dollar signs.</summary>
    public required string Title { get; set; }

    /// <summary>Finds the same paper under slightly different spellings of its title; see <see cref="TitleFingerprints"/>.</summary>
    public required string TitleFingerprint { get; set; }

    /// <summary>The authors in the paper's order.</summary>
    public List<Author> Authors { get; set; } = [];

    /// <summary>The authors' abstract; mathematics as TeX.</summary>
    public string? Abstract { get; set; }

    /// <summary>A summary in the words of whoever runs the feed.</summary>
    public string? Summary { get; set; }

    /// <summary>arXiv categories, the primary one first.</summary>
    public List<string> Categories { get; set; } = [];

    /// <summary>Keywords in lower case.</summary>
    public List<string> Keywords { get; set; } = [];

    /// <summary>The date of first publication, to the precision of <see cref="PublishedPrecision"/>.</summary>
    public DateOnly Published { get; set; }

    /// <summary>How much of <see cref="Published"/> is known.</summary>
    public DatePrecision PublishedPrecision { get; set; }

    /// <summary>The date of first publication as ISO 8601 has it, as precise as it is known: <c>2025</c>, <c>2025-08</c> or <c>2025-08-13</c>.</summary>
    public string PublishedIso() => Published.ToString(
        PublishedPrecision switch { DatePrecision.Day => "yyyy-MM-dd", DatePrecision.Month => "yyyy-MM", _ => "yyyy" }, CultureInfo.InvariantCulture);

    /// <summary>When the newest version was submitted.</summary>
    public DateTimeOffset? Revised { get; set; }

    /// <summary>Journal reference, conference or venue.</summary>
    public string? Venue { get; set; }

    /// <summary>The authors' comment at the source, such as <c>12 pages, 3 figures</c>.</summary>
    public string? Comment { get; set; }

    /// <summary>The licence's URL or SPDX identifier.</summary>
    public string? Licence { get; set; }

    /// <summary>A PDF, when it is not arXiv's.</summary>
    public string? PdfUrl { get; set; }

    /// <summary>The code.</summary>
    public string? CodeUrl { get; set; }

    /// <summary>The project page.</summary>
    public string? ProjectUrl { get; set; }

    /// <summary>The version history, oldest first, as far as sources gave it.</summary>
    public List<PaperVersion> Versions { get; set; } = [];

    /// <summary>True once the authors or the source withdrew the paper.</summary>
    public bool IsWithdrawn { get; set; }

    /// <summary>The topic of a curated collection, such as <c>generalization</c>.</summary>
    public string? Topic { get; set; }

    /// <summary>The name the lab knows the paper by, when it has a reproduction there.</summary>
    public string? LabSlug { get; set; }

    /// <summary>The source that first named the paper: <c>starter</c>, <c>arxiv</c>, <c>huggingface</c>, <c>jsonl</c> or <c>submission</c>.</summary>
    public required string Source { get; set; }

    /// <summary>When the paper entered this feed.</summary>
    public DateTimeOffset AddedAt { get; set; }

    /// <summary>Upvotes given here; equals the number of <see cref="Community.Upvotes.Upvote"/> rows.</summary>
    public int Upvotes { get; set; }

    /// <summary>Comments that everybody sees; equals the number of such <see cref="Community.Comments.Comment"/> rows.</summary>
    public int Comments { get; set; }

    /// <summary>Upvotes the paper had on Hugging Face when last imported.</summary>
    public int? HuggingFaceUpvotes { get; set; }

    /// <summary>The number of the change that last wrote this paper; indexes follow it. See <see cref="Storage.ChangeCounter"/>.</summary>
    public long ChangeSequence { get; set; }
}
