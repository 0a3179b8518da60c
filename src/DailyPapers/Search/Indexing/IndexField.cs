namespace DailyPapers.Search.Indexing;

/// <summary>The fields of the index.</summary>
internal static class IndexField
{
    /// <summary>The paper's database identity: a term to replace it by, and a value to read.</summary>
    public const string Id = "id";

    /// <summary>Key, arXiv id and DOI as single terms in lower case.</summary>
    public const string Key = "key";

    /// <summary>The title: the stem of each word, and the word as spelt beside it.</summary>
    public const string Title = "title";

    /// <summary>The feed's summary, likewise.</summary>
    public const string Summary = "summary";

    /// <summary>The abstract, likewise.</summary>
    public const string Abstract = "abstract";

    /// <summary>The keywords, likewise.</summary>
    public const string Keywords = "keywords";

    /// <summary>The venue and the topic, likewise.</summary>
    public const string Venue = "venue";

    /// <summary>The authors' names, a gap between them; see <see cref="Text.AuthorNameFilter"/>.</summary>
    public const string Authors = "authors";

    /// <summary>Each author's name as one term, as the paper prints it.</summary>
    public const string AuthorName = "authorname";

    /// <summary>
    /// All words of the paper as stems, without places, each as often as its part of the paper is worth
    /// (<see cref="PartWeights"/>): what words without quotes or field are looked up and ranked by.
    /// </summary>
    public const string Text = "text";

    /// <summary>Those of the same words, as spelt, whose stem differs; with <see cref="Text"/> it has every word, for prefixes and corrections.</summary>
    public const string Spelling = "spelling";

    /// <summary>Each keyword as one term.</summary>
    public const string Keyword = "keyword";

    /// <summary>Each category and its archive as one term in lower case.</summary>
    public const string Category = "category";

    /// <summary>The venue as one term in lower case.</summary>
    public const string VenueName = "venuename";

    /// <summary>The venue, to count by.</summary>
    public const string VenueCount = "venuecount";

    /// <summary>The categories, to count by.</summary>
    public const string CategoryCount = "categorycount";

    /// <summary>The keywords, to count by.</summary>
    public const string KeywordCount = "keywordcount";

    /// <summary>The year of publication.</summary>
    public const string Year = "year";

    /// <summary>The day of publication as a day number, for sorting.</summary>
    public const string Published = "published";

    /// <summary>The upvotes, for sorting.</summary>
    public const string Upvotes = "upvotes";

    /// <summary>Present when the paper has code.</summary>
    public const string HasCode = "code";

    /// <summary>The name the lab knows the paper by.</summary>
    public const string LabSlug = "lab";
}
