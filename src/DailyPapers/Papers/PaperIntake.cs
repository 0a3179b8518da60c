using System.Security.Cryptography;
using System.Text;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Papers;

/// <summary>The one way papers enter: finds the stored paper of each record, merges, and writes what changed.</summary>
public sealed class PaperIntake(IDbContextFactory<PapersDb> contexts, TimeProvider time)
{
    /// <summary>
    /// Stores a batch in one transaction. <paramref name="alongside"/> runs inside it with the stored papers, for what
    /// must be written together with them: a harvest's cursor, an edition.
    /// </summary>
    /// <exception cref="ArgumentException">A record breaks <see cref="PaperRecordRules"/>; sources check before.</exception>
    public async Task<IntakeResult> StoreAsync(
        IReadOnlyList<PaperRecord> records,
        Func<PapersDb, IReadOnlyList<Paper>, CancellationToken, Task>? alongside = null,
        CancellationToken cancellationToken = default)
    {
        foreach (var record in records)
        {
            if (PaperRecordRules.FirstProblem(record) is { } problem)
                throw new ArgumentException($"{problem.Field} {problem.Reason}", nameof(records));
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        // The write lock first: what is read below must still be true when it is written.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var known = await KnownPapers.LoadAsync(db, records, cancellationToken);

        var papers = new Paper[records.Count];
        var added = new HashSet<Paper>();
        for (var i = 0; i < records.Count; i++)
        {
            var paper = known.Find(records[i]);
            var record = known.WithoutTakenDoi(records[i], paper);
            if (paper is not null)
            {
                PaperMerge.Apply(paper, record);
                paper.Key = KeyOf(paper);
            }
            else
            {
                paper = New(record);
                added.Add(paper);
            }
            known.Remember(paper);
            papers[i] = paper;
        }

        db.ChangeTracker.DetectChanges();
        var updated = db.ChangeTracker.Entries<Paper>().Where(e => e.State is EntityState.Modified).Select(e => e.Entity).ToHashSet();
        await db.SaveChangesAsync(cancellationToken);
        await PaperInsert.RunAsync(db, added, cancellationToken);
        if (alongside is not null)
        {
            db.ChangeTracker.AutoDetectChangesEnabled = true;
            await alongside(db, papers, cancellationToken);
            // Once here, or saving would look through the whole batch three times.
            db.ChangeTracker.DetectChanges();
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            await db.SaveChangesAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        var unchanged = papers.Distinct().Count(p => !added.Contains(p) && !updated.Contains(p));
        return new IntakeResult(papers, added.Count, updated.Count, unchanged);
    }

    private Paper New(PaperRecord record)
    {
        var paper = new Paper
        {
            Key = "",
            Title = record.Title,
            TitleFingerprint = "",
            Source = record.Source,
            AddedAt = time.GetUtcNow(),
            Published = record.Published ?? record.Arxiv?.IssuedMonth ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime),
            PublishedPrecision = record.Published is not null ? record.PublishedPrecision
                : record.Arxiv is not null ? DatePrecision.Month
                : DatePrecision.Day,
        };
        PaperMerge.Apply(paper, record);
        paper.Key = KeyOf(paper);
        return paper;
    }

    private static string KeyOf(Paper paper)
    {
        if (paper.ArxivId is { } arxivId)
            return arxivId;
        return paper.Doi is { } doi
            ? "d-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(doi)).AsSpan(0, 10))
            : "t-" + paper.TitleFingerprint;
    }
}
