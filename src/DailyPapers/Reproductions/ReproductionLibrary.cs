using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DailyPapers.Lab.Contract;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Reproductions;

/// <summary>The results of reproductions that the feed shows.</summary>
public sealed class ReproductionLibrary(IDbContextFactory<PapersDb> contexts, ShippedDeclarations declarations)
{
    /// <summary>Keeps a run that was made here, with the figures that it left in its output folder.</summary>
    public async Task<KeptRun> KeepAsync(ReproductionResult result, string outputFolder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(result);
        var figures = new Dictionary<string, string>();
        foreach (var figure in result.Figures)
            figures[figure.File] = await File.ReadAllTextAsync(Path.Combine(outputFolder, figure.File), cancellationToken);
        return await KeepAsync(LabJson.Write(result), figures, isShipped: false, cancellationToken);
    }

    /// <summary>Keeps a result and its figures; keeping the same result again changes nothing.</summary>
    /// <exception cref="JsonException"><paramref name="resultJson"/> is not a result this version can read.</exception>
    public async Task<KeptRun> KeepAsync(string resultJson, IReadOnlyDictionary<string, string> figures, bool isShipped, CancellationToken cancellationToken)
    {
        var result = LabJson.ReadResult(resultJson);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(resultJson)));
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var same = db.ReproductionRuns.Where(r => r.LabSlug == result.Slug && r.ContentHash == hash);
        if (await same.Select(r => (long?)r.Id).SingleOrDefaultAsync(cancellationToken) is { } known)
            return new KeptRun(known, IsNew: false);
        // A newer release brings a newer result; the one of the release before would otherwise stay for ever.
        if (isShipped)
            await db.ReproductionRuns.Where(r => r.LabSlug == result.Slug && r.IsShipped).ExecuteDeleteAsync(cancellationToken);
        var run = new ReproductionRun
        {
            LabSlug = result.Slug,
            Mode = result.Mode.ToString().ToLowerInvariant(),
            StartedAt = result.StartedAt,
            Verdict = JsonNamingPolicy.CamelCase.ConvertName(result.Verdict.ToString()),
            IsShipped = isShipped,
            IsStandard = declarations.IsStandard(result),
            ContentHash = hash,
            ResultJson = resultJson,
            Figures = figures.Select(figure => new ReproductionFigure { FileName = figure.Key, Svg = figure.Value }).ToList(),
        };
        db.ReproductionRuns.Add(run);
        // The paper's index entry says whether there is a reproduction, so the paper counts as changed.
        foreach (var paper in await db.Papers.Where(p => p.LabSlug == result.Slug).ToListAsync(cancellationToken))
            db.Entry(paper).Property(p => p.LabSlug).IsModified = true;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new KeptRun(run.Id, IsNew: true);
    }

    /// <summary>A run, or null when there is none.</summary>
    public async Task<ReproductionView?> FindAsync(long runId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await db.ReproductionRuns.AsNoTracking().Where(r => r.Id == runId).SingleOrDefaultAsync(cancellationToken)) is { } run ? ViewOf(run) : null;
    }

    /// <summary>The newest run of a paper in a declared setting, or null when there is none.</summary>
    public async Task<ReproductionView?> NewestAsync(string labSlug, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var run = await db.ReproductionRuns.AsNoTracking()
            .Where(r => r.LabSlug == labSlug && r.IsStandard)
            .OrderByDescending(r => r.StartedAt)
            .FirstOrDefaultAsync(cancellationToken);
        return run is null ? null : ViewOf(run);
    }

    /// <summary>The newest run in a declared setting of every paper that was run, by slug.</summary>
    public async Task<IReadOnlyList<ReproductionView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var runs = await db.ReproductionRuns.AsNoTracking()
            .Where(r => r.IsStandard && !db.ReproductionRuns.Any(newer => newer.IsStandard && newer.LabSlug == r.LabSlug && newer.StartedAt > r.StartedAt))
            .OrderBy(r => r.LabSlug)
            .ToListAsync(cancellationToken);
        return runs.DistinctBy(run => run.LabSlug).Select(ViewOf).ToList();
    }

    /// <summary>A figure's SVG, or null when there is none of that name.</summary>
    public async Task<string?> FigureAsync(long runId, string fileName, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ReproductionFigures.AsNoTracking()
            .Where(f => f.RunId == runId && f.FileName == fileName)
            .Select(f => f.Svg)
            .SingleOrDefaultAsync(cancellationToken);
    }

    private static ReproductionView ViewOf(ReproductionRun run) => new(run.Id, LabJson.ReadResult(run.ResultJson), run.IsShipped, run.IsStandard);
}
