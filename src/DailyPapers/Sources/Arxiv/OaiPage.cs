using System.Globalization;
using System.Xml.Linq;
using DailyPapers.Papers;

namespace DailyPapers.Sources.Arxiv;

/// <summary>An answer to ListRecords with <c>metadataPrefix=arXivRaw</c>.</summary>
/// <remarks>
/// Of arXiv's two full formats, <c>arXiv</c> has the names taken apart but no versions, and its dates are those of
/// the metadata; <c>arXivRaw</c> has every version with its instant and size, and the author line with affiliations,
/// from which <c>arXiv</c>'s names are themselves derived. Which of two texts is newer is decided by the version, and
/// the line can be taken apart here (<see cref="AuthorList"/>), so <c>arXivRaw</c> is harvested.
/// Protocol: https://www.openarchives.org/OAI/openarchivesprotocol.html.
/// </remarks>
internal sealed class OaiPage
{
    public RecordBatch Batch { get; } = new(ArxivClient.Source);

    /// <summary>The papers whose records were deleted.</summary>
    public List<string> Deleted { get; } = [];

    /// <summary>Asks for the next page; null on the last.</summary>
    public string? Token { get; private init; }

    /// <summary>Records of the complete list, when told.</summary>
    public int? Total { get; private init; }

    /// <summary>True when the token that was sent is no longer known there.</summary>
    public bool TokenExpired { get; private init; }

    public static OaiPage Read(SourceResponse response)
    {
        var root = Root(response);
        if (root.Child("error") is { } error)
        {
            return (string?)error.Attribute("code") switch
            {
                "noRecordsMatch" => new OaiPage(),
                "badResumptionToken" => new OaiPage { TokenExpired = true },
                var code => throw new RefusedResponseException($"it refused the harvest ({code}): {FieldText.Line(error.Value)?.TrimEnd('.') ?? "no reason given"}.", "Correct the set or the dates asked for."),
            };
        }
        var list = root.Child("ListRecords") ?? throw new MalformedResponseException("an OAI-PMH answer with ListRecords was expected.");
        var token = list.Child("resumptionToken");
        var page = new OaiPage
        {
            Token = string.IsNullOrWhiteSpace(token?.Value) ? null : token.Value.Trim(),
            Total = int.TryParse((string?)token?.Attribute("completeListSize"), NumberStyles.None, CultureInfo.InvariantCulture, out var total) ? total : null,
        };
        foreach (var record in list.Children("record"))
            page.Add(record);
        return page;
    }

    /// <summary>The first day on which anything there changed, from an answer to Identify.</summary>
    public static DateOnly ReadEarliest(SourceResponse response) =>
        Root(response).Child("Identify")?.Text("earliestDatestamp")?.Trim() is { Length: >= 10 } text
            && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new MalformedResponseException("an OAI-PMH answer to Identify with earliestDatestamp was expected.");

    private static XElement Root(SourceResponse response)
    {
        var root = FeedXml.Load(response);
        return root.Name.LocalName == "OAI-PMH"
            ? root
            : throw new MalformedResponseException($"an OAI-PMH answer was expected, but the document is a <{root.Name.LocalName}>.");
    }

    private void Add(XElement record)
    {
        var identifier = FieldText.Line(record.Child("header")?.Text("identifier"));
        if ((string?)record.Child("header")?.Attribute("status") == "deleted")
        {
            if (ArxivId.TryParse(identifier, out var id))
                Deleted.Add(id.Id);
            else
                Batch.Reject(identifier ?? "record without identifier", new FieldProblem("identifier", "is not an arXiv identifier like oai:arXiv.org:2001.04438"));
            return;
        }
        Batch.Add(identifier ?? "record without identifier", () => Record(record.Child("metadata")?.Child("arXivRaw")
            ?? throw new FieldProblemException("metadata", "is missing; an arXivRaw element was expected")));
    }

    private static PaperRecord Record(XElement raw)
    {
        var versions = raw.Children("version").Select(Version).OrderBy(version => version.Number).ToList();
        var id = ArxivFields.Id(raw.Text("id"));
        if (versions.Count > 0)
            id = id with { Version = versions[^1].Number };
        var comment = FieldText.TexLine(raw.Text("comments"));
        var summary = FieldText.TexLine(raw.Text("abstract"));
        return new PaperRecord
        {
            Source = ArxivClient.Source,
            Arxiv = id,
            Doi = Dois.Normalise(raw.Text("doi")),
            Title = FieldText.TexLine(raw.Text("title")) ?? "",
            Authors = AuthorList.Parse(FieldText.TexLine(raw.Text("authors"))),
            Abstract = summary,
            Categories = ArxivFields.Categories((raw.Text("categories") ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            Published = versions.FirstOrDefault(version => version.Number == 1)?.Submitted is { } first ? DateOnly.FromDateTime(first.UtcDateTime) : null,
            Revised = versions.LastOrDefault()?.Submitted,
            Venue = FieldText.TexLine(raw.Text("journal-ref")),
            Comment = comment,
            Licence = FieldText.Line(raw.Text("license")),
            Versions = versions,
            IsWithdrawn = Withdrawal.IsAnnounced(comment, summary),
        };
    }

    private static PaperVersion Version(XElement version) => new()
    {
        Number = ArxivFields.Version("version", (string?)version.Attribute("version")),
        Submitted = version.Text("date") is { } date ? SourceDates.MailInstant("version.date", date) : null,
        Note = FieldText.Line(version.Text("size")),
    };
}
