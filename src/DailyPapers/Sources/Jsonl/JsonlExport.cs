using System.Globalization;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using DailyPapers.Papers;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Sources.Jsonl;

/// <summary>Writes the feed's papers as JSON objects, one a line, which <see cref="JsonlImport"/> reads back.</summary>
public sealed class JsonlExport(IDbContextFactory<PapersDb> contexts)
{
    private const int PageSize = 500;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>Writes every paper in the order they came in; the file is complete or not there.</summary>
    /// <param name="path">The file; gzipped when the name ends in <c>.gz</c>. One that exists is replaced.</param>
    /// <param name="progress">Hears how many of all papers are written.</param>
    /// <param name="cancellationToken">Ends the export; nothing is left behind.</param>
    /// <returns>How many papers were written.</returns>
    /// <exception cref="SourceException">The file cannot be written.</exception>
    public async Task<int> RunAsync(string path, IProgress<(int Written, int Total)>? progress, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var whole = Path.GetFullPath(path);
        var beside = whole + ".writing";
        try
        {
            int written;
            await using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true))
            await using (var target = whole.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Optimal) : (Stream)file)
                written = await WriteAsync(target, progress, cancellationToken);
            File.Move(beside, whole, overwrite: true);
            return written;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SourceException(JsonlImport.Name, $"the papers cannot be written to '{path}': {exception.Message}", "Name a file in a folder that can be written.", exception);
        }
        finally
        {
            if (File.Exists(beside))
                File.Delete(beside);
        }
    }

    private async Task<int> WriteAsync(Stream target, IProgress<(int Written, int Total)>? progress, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var total = await db.Papers.CountAsync(cancellationToken);
        var written = 0;
        for (long last = 0; ;)
        {
            var page = await db.Papers.AsNoTracking().Where(p => p.Id > last).OrderBy(p => p.Id).Take(PageSize).ToListAsync(cancellationToken);
            if (page.Count == 0)
                return written;
            foreach (var paper in page)
            {
                await JsonSerializer.SerializeAsync(target, Line.Of(paper), Json, cancellationToken);
                target.WriteByte((byte)'\n');
            }
            last = page[^1].Id;
            written += page.Count;
            progress?.Report((written, total));
        }
    }

    private sealed record Line(
        string? ArxivId, string? Doi, string Title, IReadOnlyList<Author> Authors, string? Abstract, IReadOnlyList<string> Categories, IReadOnlyList<string> Keywords,
        string Published, string? Venue, string? Comment, string? License, string? PdfUrl, string? CodeUrl, string? ProjectUrl, IReadOnlyList<VersionLine>? Versions)
    {
        public static Line Of(Paper paper) => new(
            paper.ArxivId is { } id && paper.ArxivVersion is { } version ? string.Create(CultureInfo.InvariantCulture, $"{id}v{version}") : paper.ArxivId,
            paper.Doi, paper.Title, paper.Authors, paper.Abstract, paper.Categories, paper.Keywords,
            paper.PublishedIso(), paper.Venue, paper.Comment, paper.Licence, paper.PdfUrl, paper.CodeUrl, paper.ProjectUrl,
            paper.Versions.Count > 0 ? [.. paper.Versions.Select(VersionLine.Of)] : null);
    }

    // As arXiv's own dump has them.
    private sealed record VersionLine([property: JsonPropertyName("version")] string Number, string? Created)
    {
        public static VersionLine Of(PaperVersion version) => new(
            string.Create(CultureInfo.InvariantCulture, $"v{version.Number}"), version.Submitted?.UtcDateTime.ToString("R", CultureInfo.InvariantCulture));
    }
}
