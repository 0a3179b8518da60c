namespace DailyPapers.Papers;

/// <summary>Decides what a record may change in a paper that is already stored.</summary>
internal static class PaperMerge
{
    /// <summary>
    /// Merges <paramref name="record"/> into <paramref name="paper"/>. A record that describes the newest known version
    /// replaces what the source owns (title, authors, abstract, categories, …); any other fills gaps only. What the feed
    /// owns (summary, topic, lab name) is replaced only by the source that wrote it.
    /// </summary>
    public static void Apply(Paper paper, PaperRecord record)
    {
        var replaces = DescribesNewest(paper, record);
        var owns = record.Source == paper.Source;
        // A withdrawal's text replaces the abstract at arXiv; ours keeps what the paper said and shows the withdrawal beside it.
        var keepsText = record.IsWithdrawn && paper.Abstract is not null;

        if (replaces && !keepsText)
        {
            paper.Title = record.Title;
            paper.Abstract = record.Abstract ?? paper.Abstract;
            if (record.Authors.Count > 0)
                paper.Authors = [.. record.Authors];
            if (record.Categories.Count > 0)
                paper.Categories = [.. record.Categories];
        }
        else
        {
            paper.Abstract ??= record.Abstract;
            if (paper.Authors.Count == 0)
                paper.Authors = [.. record.Authors];
            if (paper.Categories.Count == 0)
                paper.Categories = [.. record.Categories];
        }

        paper.ArxivId ??= record.Arxiv?.Id;
        paper.Doi ??= record.Doi;
        if (record.Arxiv?.Version is { } version && (paper.ArxivVersion is null || version > paper.ArxivVersion))
            paper.ArxivVersion = version;
        if (record.Revised is { } revised && (paper.Revised is null || revised > paper.Revised))
            paper.Revised = revised;
        if (replaces)
            paper.IsWithdrawn = record.IsWithdrawn || (paper.IsWithdrawn && record.Source != "arxiv");

        ApplyDate(paper, record);
        paper.Venue = Choose(paper.Venue, record.Venue, replaces);
        paper.Comment = Choose(paper.Comment, record.Comment, replaces);
        paper.Licence = Choose(paper.Licence, record.Licence, replaces);
        paper.PdfUrl = Choose(paper.PdfUrl, record.PdfUrl, replaces);
        paper.CodeUrl = Choose(paper.CodeUrl, record.CodeUrl, owns);
        paper.ProjectUrl = Choose(paper.ProjectUrl, record.ProjectUrl, owns);
        paper.Summary = Choose(paper.Summary, record.Summary, owns);
        paper.Topic = Choose(paper.Topic, record.Topic, owns);
        paper.LabSlug = Choose(paper.LabSlug, record.LabSlug, owns);
        paper.HuggingFaceUpvotes = record.HuggingFaceUpvotes ?? paper.HuggingFaceUpvotes;
        paper.Keywords = [.. paper.Keywords.Union(record.Keywords, StringComparer.OrdinalIgnoreCase)];
        paper.Versions = MergeVersions(paper.Versions, record);
        paper.TitleFingerprint = TitleFingerprints.Of(paper.Title, paper.Authors.FirstOrDefault()?.Name);
    }

    private static bool DescribesNewest(Paper paper, PaperRecord record)
    {
        if (record.Arxiv?.Version is { } version)
            return paper.ArxivVersion is null || version >= paper.ArxivVersion;
        if (record.Source == "arxiv" && record.Revised is { } revised)
            return paper.Revised is null || revised >= paper.Revised;
        // A source other than arXiv may correct what it wrote itself, until arXiv has spoken.
        return record.Source == paper.Source && paper.ArxivVersion is null;
    }

    private static void ApplyDate(Paper paper, PaperRecord record)
    {
        if (record.Published is not { } published)
            return;
        var finer = record.PublishedPrecision < paper.PublishedPrecision;
        var earlier = record.PublishedPrecision == paper.PublishedPrecision && published < paper.Published;
        if (!finer && !earlier)
            return;
        paper.Published = published;
        paper.PublishedPrecision = record.PublishedPrecision;
    }

    private static List<PaperVersion> MergeVersions(List<PaperVersion> known, PaperRecord record)
    {
        IEnumerable<PaperVersion> named = record.Versions;
        if (record.Arxiv?.Version is { } number && record.Versions.All(v => v.Number != number))
            named = named.Append(new PaperVersion { Number = number, Submitted = record.Revised });
        return known.Concat(named)
            .GroupBy(v => v.Number)
            .Select(same => new PaperVersion
            {
                Number = same.Key,
                Submitted = same.Select(v => v.Submitted).FirstOrDefault(when => when is not null),
                Note = same.Select(v => v.Note).FirstOrDefault(note => note is not null),
            })
            .OrderBy(v => v.Number)
            .ToList();
    }

    private static string? Choose(string? known, string? offered, bool replaces) => replaces ? offered ?? known : known ?? offered;
}
