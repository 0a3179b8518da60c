using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using DailyPapers.Papers;
using DailyPapers.Sources;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Editions.Starter;

/// <summary>The papers that ship with the product, so that a new feed has an edition to read.</summary>
public sealed class StarterCollection(IDbContextFactory<PapersDb> contexts, PaperIntake intake, EditionWriter editions, TimeProvider time)
{
    private const string Resource = "starter-collection.json";
    private const string CursorKey = "starter";

    /// <summary>Loads the collection and its edition; does nothing when this very collection was loaded before.</summary>
    /// <returns>The number of papers loaded, 0 when there was nothing to do.</returns>
    public async Task<int> LoadAsync(CancellationToken cancellationToken)
    {
        var content = ReadResource();
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        if (await IsLoadedAsync(hash, cancellationToken))
            return 0;

        var collection = JsonSerializer.Deserialize(content, StarterJson.Default.StarterFile)
            ?? throw new InvalidOperationException("The starter collection is empty.");
        var date = DateOnly.ParseExact(collection.Edition, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        await intake.StoreAsync(
            collection.Papers.Select(ToRecord).ToList(),
            async (db, papers, token) =>
            {
                await editions.AppendAsync(db, date, papers.Select(p => p.Id), token);
                await RecordLoadAsync(db, hash, token);
            },
            cancellationToken);
        return collection.Papers.Count;
    }

    private async Task<bool> IsLoadedAsync(string hash, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.SourceCursors.AnyAsync(c => c.Key == CursorKey && c.State == hash, cancellationToken);
    }

    private async Task RecordLoadAsync(PapersDb db, string hash, CancellationToken cancellationToken)
    {
        var cursor = await db.SourceCursors.FindAsync([CursorKey], cancellationToken);
        if (cursor is null)
            db.Add(cursor = new SourceCursor { Key = CursorKey, State = hash });
        cursor.State = hash;
        cursor.UpdatedAt = time.GetUtcNow();
    }

    private static PaperRecord ToRecord(StarterPaper paper)
    {
        var toTheDay = paper.Published.Length == 10;
        return new PaperRecord
        {
            Source = "starter",
            Arxiv = ArxivId.Parse(paper.ArxivId),
            Title = paper.Title,
            Authors = paper.Authors.Select(name => new Author { Name = name }).ToList(),
            Summary = paper.Summary,
            Categories = paper.Categories ?? [],
            Keywords = paper.Keywords,
            Published = DateOnly.ParseExact(toTheDay ? paper.Published : paper.Published + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture),
            PublishedPrecision = toTheDay ? DatePrecision.Day : DatePrecision.Month,
            Venue = paper.Venue,
            CodeUrl = paper.Code,
            ProjectUrl = paper.Project,
            Topic = paper.Topic,
            LabSlug = paper.Slug,
        };
    }

    private static byte[] ReadResource()
    {
        using var stream = typeof(StarterCollection).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException("The starter collection is missing from the build.");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
