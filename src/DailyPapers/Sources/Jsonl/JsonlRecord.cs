using System.Text.Json;
using System.Text.Unicode;
using DailyPapers.Papers;
using DailyPapers.Sources.Arxiv;

namespace DailyPapers.Sources.Jsonl;

/// <summary>Reads a paper from a line. Takes the field names of arXiv's own dump too.</summary>
internal static class JsonlRecord
{
    /// <exception cref="FieldProblemException">The line is no paper.</exception>
    public static PaperRecord Read(ReadOnlyMemory<byte> line)
    {
        if (!Utf8.IsValid(line.Span))
            throw new FieldProblemException("line", "is not UTF-8; save the file as UTF-8");
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? Read(document.RootElement)
                : throw new FieldProblemException("line", $"holds {document.RootElement.ValueKind}; a JSON object was expected");
        }
        catch (JsonException exception)
        {
            throw new FieldProblemException("line", $"is not valid JSON at byte {exception.BytePositionInLine + 1}; one object a line was expected");
        }
    }

    private static PaperRecord Read(JsonElement paper)
    {
        var versions = Versions(paper);
        var id = Id(paper);
        if (id is { Version: null } && versions.Count > 0)
            id = id.Value with { Version = versions[^1].Number };
        var (published, precision) = Published(paper, versions);
        var comment = FieldText.TexLine(String(paper, "comments") ?? String(paper, "comment"));
        var summary = FieldText.TexLine(String(paper, "abstract"));
        var links = Links(paper);
        return new PaperRecord
        {
            Source = JsonlImport.Source,
            Arxiv = id,
            Doi = Doi(paper),
            Title = FieldText.TexLine(String(paper, "title")) ?? "",
            Authors = Authors(paper),
            Abstract = summary,
            Categories = Terms(paper, "categories", [' ', ',']),
            Keywords = [.. Terms(paper, "keywords", [',', ';']).Select(keyword => keyword.ToLowerInvariant()).Distinct()],
            Published = published,
            PublishedPrecision = precision,
            Revised = versions.LastOrDefault()?.Submitted,
            Venue = FieldText.TexLine(String(paper, "venue") ?? String(paper, "journal-ref") ?? String(paper, "journal_ref")),
            Comment = comment,
            Licence = FieldText.Line(String(paper, "license") ?? String(paper, "licence")),
            PdfUrl = links.Pdf,
            CodeUrl = links.Code,
            ProjectUrl = links.Project,
            Versions = versions,
            IsWithdrawn = Withdrawal.IsAnnounced(comment, summary),
        };
    }

    private static ArxivId? Id(JsonElement paper)
    {
        var named = String(paper, "arxiv_id");
        if (named is not null && string.IsNullOrWhiteSpace(named))
            named = null;
        if (named is not null)
            return ArxivId.TryParse(named, out var arxiv) ? arxiv : throw new FieldProblemException("arxiv_id", $"is '{Shorten(named)}'; an arXiv identifier like 2001.04438 was expected");
        // Other collections number their papers in "id" as they like.
        return paper.Member("id") is { ValueKind: JsonValueKind.String } && ArxivId.TryParse(String(paper, "id"), out var id) ? id : null;
    }

    private static string? Doi(JsonElement paper)
    {
        if (String(paper, "doi") is not { } text || string.IsNullOrWhiteSpace(text))
            return null;
        return Dois.Normalise(text) ?? throw new FieldProblemException("doi", $"is '{Shorten(text)}'; a DOI like 10.1000/182 was expected");
    }

    private static List<Author> Authors(JsonElement paper)
    {
        if (paper.Member("authors") is not { } authors)
            return [];
        if (authors.ValueKind is JsonValueKind.String)
            return AuthorList.Parse(FieldText.TexLine(Text("authors", authors)));
        if (authors.ValueKind is not JsonValueKind.Array)
            throw new FieldProblemException("authors", "is neither a list nor text");
        var read = new List<Author>();
        foreach (var author in authors.EnumerateArray())
        {
            var field = $"authors[{read.Count}]";
            var isObject = author.ValueKind is JsonValueKind.Object;
            var name = FieldText.TexLine(isObject ? String(author, "name") : Text(field, author))
                ?? throw new FieldProblemException(field, "has no name; leave it out or give the name");
            read.Add(new Author { Name = name, Affiliation = isObject ? Affiliation(author) : null });
        }
        return read;
    }

    private static string? Affiliation(JsonElement author) => author.Member("affiliation") is { ValueKind: JsonValueKind.Array } several
        ? FieldText.TexLine(string.Join("; ", several.EnumerateArray().Select(one => Text("affiliation", one))))
        : FieldText.TexLine(String(author, "affiliation"));

    private static List<string> Terms(JsonElement paper, string field, char[] separators)
    {
        if (paper.Member(field) is not { } terms)
            return [];
        var texts = terms.ValueKind switch
        {
            JsonValueKind.String => Text(field, terms).Split(separators, StringSplitOptions.RemoveEmptyEntries),
            // A list may hold whole lists as text, as in arXiv's dump.
            JsonValueKind.Array when field == "categories" => terms.EnumerateArray().SelectMany(term => Text(field, term).Split(separators)),
            JsonValueKind.Array => terms.EnumerateArray().Select(term => Text(field, term)),
            _ => throw new FieldProblemException(field, "is neither a list nor text"),
        };
        return [.. texts.Select(FieldText.TexLine).OfType<string>().Distinct()];
    }

    private static List<PaperVersion> Versions(JsonElement paper) =>
        [.. paper.Items("versions").Where(version => version.ValueKind is JsonValueKind.Object).Select(version => new PaperVersion
        {
            Number = ArxivFields.Version("versions", String(version, "version")),
            Submitted = String(version, "created") is { } created ? SourceDates.MailInstant("versions.created", created) : null,
        }).OrderBy(version => version.Number)];

    private static (DateOnly? Date, DatePrecision Precision) Published(JsonElement paper, List<PaperVersion> versions)
    {
        if (paper.Member("published") is { } published)
            return SourceDates.Partial("published", NumberOrText("published", published));
        if (versions.FirstOrDefault(version => version.Number == 1)?.Submitted is { } first)
            return (DateOnly.FromDateTime(first.UtcDateTime), DatePrecision.Day);
        if (paper.Member("year") is not { } year)
            return (null, default);
        var text = NumberOrText("year", year);
        return text.Length == 4 ? SourceDates.Partial("year", text) : throw new FieldProblemException("year", $"is '{Shorten(text)}'; a year like 2024 was expected");
    }

    /// <summary>Links by name in <c>links</c> or beside it, or a plain list of them, told apart by what they point to.</summary>
    private static (string? Pdf, string? Code, string? Project) Links(JsonElement paper)
    {
        var links = paper.Member("links");
        string? Named(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if ((links is { ValueKind: JsonValueKind.Object } named ? String(named, name) : null) is { Length: > 0 } linked)
                    return linked;
                if (String(paper, name) is { Length: > 0 } beside)
                    return beside;
            }
            return null;
        }

        var pdf = Named("pdf", "pdf_url");
        var code = Named("code", "code_url", "github", "repository");
        var project = Named("project", "project_url", "homepage");
        if (links is { ValueKind: JsonValueKind.Array } list)
        {
            foreach (var link in list.EnumerateArray().Select(link => Text("links", link)).Where(link => link.Length > 0))
            {
                if (link.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase))
                    pdf ??= link;
                else if (IsCode(link))
                    code ??= link;
                else
                    project ??= link;
            }
        }
        return (pdf, code, project);
    }

    private static bool IsCode(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var url) && url.Host is "github.com" or "www.github.com" or "gitlab.com" or "bitbucket.org" or "codeberg.org";

    private static string? String(JsonElement element, string field) => element.Member(field) is { } member ? Text(field, member) : null;

    private static string NumberOrText(string field, JsonElement value) =>
        value.ValueKind is JsonValueKind.Number ? value.GetRawText() : Text(field, value);

    private static string Text(string field, JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.String)
            throw new FieldProblemException(field, $"is {value.ValueKind}; text was expected");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new FieldProblemException(field, "has half a surrogate pair, such as \\ud800; correct the escape");
        }
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
