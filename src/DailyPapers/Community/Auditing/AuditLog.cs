using System.Globalization;
using System.Text.RegularExpressions;
using DailyPapers.Community.Moderation.Bans;
using DailyPapers.Storage;
using DailyPapers.Tex;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Auditing;

/// <summary>Reads the audit log, the newest entries first.</summary>
public sealed partial class AuditLog(IDbContextFactory<PapersDb> contexts)
{
    private const string BanAction = "account.ban";

    /// <summary>
    /// What everybody may read: the decisions of curators, so that moderation can itself be looked at. What people do with
    /// their own things is not among it, nor an edition that is still being arranged.
    /// </summary>
    public static IReadOnlyList<string> PublicActions { get; } =
    [
        "comment.hide", "comment.restore", "comment.approve", "account.ban", "account.unban",
        "edition.publish", "edition.edit", "edition.append", "edition.set", "edition.automatic",
    ];

    /// <summary>The public part.</summary>
    public Task<IReadOnlyList<AuditLine>> ReadPublicAsync(long? before, int most, CancellationToken cancellationToken)
    {
        var actions = PublicActions.ToArray();
        return ReadAsync(entries => entries.Where(e => EF.Parameter(actions).Contains(e.Action)), before, most, cancellationToken);
    }

    /// <summary>All of it, or what a query asks for.</summary>
    public async Task<IReadOnlyList<AuditLine>> ReadAsync(AuditQuery query, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        long? actor = null;
        if (query.Actor is { Length: > 0 } handle)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            if (await db.Users.AsNoTracking().Where(a => a.Handle == handle).Select(a => (long?)a.Id).SingleOrDefaultAsync(cancellationToken) is not { } id)
                return [];
            actor = id;
        }
        return await ReadAsync(
            entries => entries.Where(e => (query.Action == null || e.Action.StartsWith(query.Action)) && (actor == null || e.ActorId == actor)),
            query.Before, most, cancellationToken);
    }

    private async Task<IReadOnlyList<AuditLine>> ReadAsync(
        Func<IQueryable<AuditEntry>, IQueryable<AuditEntry>> filter, long? before, int most, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var entries = await filter(db.AuditEntries.AsNoTracking().Where(e => before == null || e.Id < before))
            .OrderByDescending(e => e.Id).Take(most).ToListAsync(cancellationToken);
        var people = entries.Select(e => e.ActorId).OfType<long>().Concat(Ids(entries, "account")).Distinct().ToArray();
        var names = await db.Users.AsNoTracking().Where(a => EF.Parameter(people).Contains(a.Id))
            .Select(a => new { a.Id, a.DisplayName, a.Handle }).ToDictionaryAsync(a => a.Id, cancellationToken);
        var paperIds = Ids(entries, "paper").ToArray();
        var papers = await db.Papers.AsNoTracking().Where(p => EF.Parameter(paperIds).Contains(p.Id))
            .Select(p => new { p.Id, p.Key, p.Title }).ToDictionaryAsync(p => p.Id, cancellationToken);

        return entries.ConvertAll(entry =>
        {
            var actor = entry.ActorId is { } actorId ? names.GetValueOrDefault(actorId) : null;
            var (name, path) = SubjectOf(entry);
            return new AuditLine
            {
                Id = entry.Id,
                At = entry.At,
                Action = entry.Action,
                Subject = entry.Subject,
                SubjectName = name,
                SubjectPath = path,
                ActorName = actor?.DisplayName,
                ActorHandle = actor?.Handle,
                Detail = DetailOf(entry),
            };
        });

        (string Name, string? Path) SubjectOf(AuditEntry entry) => Split(entry.Subject) switch
        {
            ("comment", { } id) => (T["comment {0}", id], string.Create(CultureInfo.InvariantCulture, $"/comments/{id}")),
            ("account", { } id) when names.TryGetValue(id, out var account) => (account.DisplayName, account.Handle is null ? null : $"/people/{account.Handle}"),
            ("account", _) => (T["a deleted account"], null),
            ("paper", { } id) when papers.TryGetValue(id, out var paper) => (TexText.ParseTitle(paper.Title).ToPlainText(), $"/papers/{paper.Key}"),
            ("edition", null) when Day(entry.Subject) is { } date => (
                T["the edition of {0:d MMMM yyyy}", date], string.Create(CultureInfo.InvariantCulture, $"/papers/date/{date:yyyy-MM-dd}")),
            _ => (entry.Subject, null),
        };
    }

    // Details are stored as facts in English; those that everybody can read are worded anew.
    private static string? DetailOf(AuditEntry entry) => entry switch
    {
        { Action: BanAction, Detail: { } detail } when detail.StartsWith(Banning.ForGoodMark, StringComparison.Ordinal) => T["for good: {0}", detail[Banning.ForGoodMark.Length..]],
        { Action: BanAction, Detail: { } detail } when EndOfBan().Match(detail) is { Success: true } until => T["until {0} UTC: {1}", until.Groups[1].Value, until.Groups[2].Value],
        { Detail: { } detail } when entry.Action.StartsWith("edition.", StringComparison.Ordinal) && Papers().Match(detail) is { Success: true } papers =>
            T.Count(long.Parse(papers.Groups[1].ValueSpan, CultureInfo.InvariantCulture), "1 paper", "{0} papers"),
        _ => entry.Detail,
    };

    [GeneratedRegex(@"^until (\d{4}-\d\d-\d\d \d\d:\d\d) UTC: (.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex EndOfBan();

    [GeneratedRegex(@"^(\d{1,9}) papers$", RegexOptions.CultureInvariant)]
    private static partial Regex Papers();

    private static DateOnly? Day(string subject) =>
        DateOnly.TryParseExact(subject["edition:".Length..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static IEnumerable<long> Ids(List<AuditEntry> entries, string kind) =>
        entries.Select(e => Split(e.Subject)).Where(subject => subject.Kind == kind).Select(subject => subject.Id).OfType<long>();

    private static (string Kind, long? Id) Split(string subject)
    {
        var colon = subject.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (subject, null)
            : (subject[..colon], long.TryParse(subject.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null);
    }
}
