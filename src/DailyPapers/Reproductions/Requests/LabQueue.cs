using System.Globalization;
using DailyPapers.Community.Auditing;
using DailyPapers.Lab.Contract;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace DailyPapers.Reproductions.Requests;

/// <summary>The runs that people asked for, in the order they asked.</summary>
public sealed class LabQueue(IDbContextFactory<PapersDb> contexts, ShippedDeclarations declarations, IOptions<LabOptions> options, TimeProvider time)
{
    /// <summary>Puts a run into the queue.</summary>
    /// <param name="accountId">Who asks.</param>
    /// <param name="slug">The lab's name of the paper.</param>
    /// <param name="mode">Which budget.</param>
    /// <param name="parameters">Parameters as typed; those left empty keep their value.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The request's identity, or what is wrong and how to right it.</returns>
    public async Task<(long? Id, IReadOnlyList<string> Problems)> RequestAsync(
        long accountId, string slug, RunMode mode, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (declarations.Find(slug) is not { } declaration)
            return (null, [T["The lab has no paper “{0}”.", slug]]);
        var given = parameters.Where(parameter => parameter.Value.Trim().Length > 0).ToDictionary(parameter => parameter.Key, parameter => parameter.Value.Trim());
        var problems = Problems(declaration, given);
        if (problems.Count > 0)
            return (null, problems);

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        var request = new LabRunRequest
        {
            LabSlug = slug,
            Mode = mode,
            Parameters = Different(declaration, mode, given),
            RequestedById = accountId,
            RequestedAt = now,
        };
        // Written first: of two requests at a time the second then counts the first.
        db.LabRunRequests.Add(request);
        await db.SaveChangesAsync(cancellationToken);
        var open = await Open(db)
            .Select(r => new { r.Id, r.RequestedById })
            .ToListAsync(cancellationToken);
        if (open.Exists(r => r.Id != request.Id && r.RequestedById == accountId))
            return (null, [T["A run of yours is waiting or under way. Wait for it, or cancel it."]]);
        if (open.Count > options.Value.MostWaiting)
            return (null, [T["{0} runs wait already. Try again when some are done.", options.Value.MostWaiting]]);
        db.Record(accountId, "lab.request", Subject(request.Id), now, Words(request));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (request.Id, []);
    }

    /// <summary>Cancels a run; a run under way stops within seconds.</summary>
    /// <param name="accountId">Who cancels.</param>
    /// <param name="ofAnybody">Whether the run may be somebody else's.</param>
    /// <param name="id">The request.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>False when there is no such request that this person may cancel.</returns>
    public async Task<bool> CancelAsync(long accountId, bool ofAnybody, long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = time.GetUtcNow();
        var request = db.LabRunRequests.Where(r => r.Id == id && (ofAnybody || r.RequestedById == accountId));
        var cancelled = await request.Where(r => r.State == LabRunState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, LabRunState.Cancelled).SetProperty(r => r.EndedAt, now), cancellationToken);
        var stopped = await request.Where(r => r.State == LabRunState.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, LabRunState.Stopping), cancellationToken);
        if (cancelled + stopped == 0)
            return await request.AnyAsync(cancellationToken);
        db.Record(accountId, "lab.cancel", Subject(id), now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>A request, or null when there is none.</summary>
    public async Task<LabRunRequest?> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.LabRunRequests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
    }

    /// <summary>How many requests come before one that waits.</summary>
    public async Task<int> AheadOfAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Open(db).CountAsync(r => r.Id < id, cancellationToken);
    }

    /// <summary>The newest requests for a paper that wait, run or have a result.</summary>
    public async Task<IReadOnlyList<LabRunRequest>> RecentAsync(string slug, int count, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.LabRunRequests.AsNoTracking()
            .Where(r => r.LabSlug == slug && r.State != LabRunState.Cancelled && r.State != LabRunState.Failed)
            .OrderByDescending(r => r.Id).Take(count).ToListAsync(cancellationToken);
    }

    /// <summary>The request in a line: mode and parameters.</summary>
    public static string Words(LabRunRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return string.Join(", ", [$"{request.LabSlug} --{request.Mode.ToString().ToLowerInvariant()}", .. request.Parameters.Select(parameter => $"{parameter.Key}={parameter.Value}")]);
    }

    private static IQueryable<LabRunRequest> Open(PapersDb db) =>
        db.LabRunRequests.AsNoTracking().Where(r => r.State == LabRunState.Waiting || r.State == LabRunState.Running || r.State == LabRunState.Stopping);

    private static List<string> Problems(ReproductionDeclaration declaration, Dictionary<string, string> given)
    {
        var problems = new List<string>();
        foreach (var (name, text) in given)
        {
            var parameter = declaration.Parameters.FirstOrDefault(parameter => parameter.Name == name);
            if ((parameter is null ? T["There is no parameter “{0}”.", name] : ParameterText.Problem(parameter, text)) is { } problem)
                problems.Add(problem);
        }
        return problems;
    }

    // A form sends every field: what equals the mode's own value is no change.
    private static Dictionary<string, string> Different(ReproductionDeclaration declaration, RunMode mode, Dictionary<string, string> given)
    {
        var standard = declaration.Resolve(mode, new Dictionary<string, string>());
        return given.Where(parameter => declaration.Parameters.First(p => p.Name == parameter.Key).Parse(parameter.Value) != standard[parameter.Key])
            .ToDictionary(parameter => parameter.Key, parameter => parameter.Value);
    }

    private static string Subject(long id) => string.Create(CultureInfo.InvariantCulture, $"lab-run:{id}");
}
