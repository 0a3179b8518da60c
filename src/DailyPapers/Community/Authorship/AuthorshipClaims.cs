using DailyPapers.Community.Auditing;
using DailyPapers.Community.Notifications;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Authorship;

/// <summary>Claims of authorship: people make them, curators decide, and a confirmed one is shown beside the author's name.</summary>
public sealed class AuthorshipClaims(IDbContextFactory<PapersDb> contexts, TimeProvider time)
{
    /// <summary>Undecided claims one person can have, so that nobody floods the curators.</summary>
    public const int MostPending = 20;

    /// <summary>Claims to be an author of a paper. After a refusal the same paper can be claimed anew.</summary>
    /// <param name="accountId">Who.</param>
    /// <param name="paperId">The paper.</param>
    /// <param name="authorName">Which author, exactly as the paper prints the name.</param>
    /// <param name="evidence">By what a curator can tell.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public Task<ClaimOutcome> MakeAsync(long accountId, long paperId, string authorName, string? evidence, CancellationToken cancellationToken) =>
        FirstWrite.OrAgainAsync(() => WriteAsync(accountId, paperId, authorName, evidence, cancellationToken));

    private async Task<ClaimOutcome> WriteAsync(long accountId, long paperId, string authorName, string? evidence, CancellationToken cancellationToken)
    {
        evidence = Text(evidence);
        if (evidence?.Length > AuthorshipClaim.LongestText)
            return ClaimOutcome.TextTooLong;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Deleting a refused one takes the write lock before anything is read.
        await db.AuthorshipClaims.Where(c => c.AccountId == accountId && c.PaperId == paperId && c.State == ClaimState.Refused).ExecuteDeleteAsync(cancellationToken);
        var paper = await db.Papers.AsNoTracking().SingleOrDefaultAsync(p => p.Id == paperId, cancellationToken);
        if (paper is null || authorName.Length > AuthorshipClaim.LongestName || !paper.Authors.Any(author => author.Name == authorName))
            return ClaimOutcome.Missing;
        if (await db.AuthorshipClaims.AnyAsync(c => c.AccountId == accountId && c.PaperId == paperId, cancellationToken))
            return ClaimOutcome.ClaimedAlready;
        if (await IsTakenAsync(db, paperId, authorName, cancellationToken))
            return ClaimOutcome.AuthorIsTaken;
        if (await db.AuthorshipClaims.CountAsync(c => c.AccountId == accountId && c.State == ClaimState.Pending, cancellationToken) >= MostPending)
            return ClaimOutcome.TooManyPending;
        db.AuthorshipClaims.Add(new AuthorshipClaim { AccountId = accountId, PaperId = paperId, AuthorName = authorName, Evidence = evidence, CreatedAt = time.GetUtcNow() });
        db.Record(accountId, "authorship.claim", FormattableString.Invariant($"paper:{paperId}"), time.GetUtcNow(), authorName);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ClaimOutcome.Done;
    }

    /// <summary>Takes back one's own claim, confirmed or not; false when the person has no such claim.</summary>
    public async Task<bool> WithdrawAsync(long accountId, long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        if (await db.AuthorshipClaims.SingleOrDefaultAsync(c => c.AccountId == accountId && c.Id == id, cancellationToken) is not { } claim)
            return false;
        db.Record(accountId, "authorship.withdraw", Subject(claim), time.GetUtcNow(), claim.AuthorName);
        db.AuthorshipClaims.Remove(claim);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Confirms or refuses a claim, also one that was decided otherwise before.</summary>
    /// <param name="curatorId">Who decides.</param>
    /// <param name="id">The claim.</param>
    /// <param name="isConfirmed">Whether the curator is convinced.</param>
    /// <param name="reason">What the claimant is told.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<ClaimOutcome> DecideAsync(long curatorId, long id, bool isConfirmed, string? reason, CancellationToken cancellationToken)
    {
        reason = Text(reason);
        if (reason?.Length > AuthorshipClaim.LongestText)
            return ClaimOutcome.TextTooLong;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        if (await db.AuthorshipClaims.SingleOrDefaultAsync(c => c.Id == id, cancellationToken) is not { } claim)
            return ClaimOutcome.Missing;
        if (claim.AccountId == curatorId)
            return ClaimOutcome.OwnClaim;
        if (isConfirmed && claim.State is not ClaimState.Confirmed && await IsTakenAsync(db, claim.PaperId, claim.AuthorName, cancellationToken))
            return ClaimOutcome.AuthorIsTaken;
        (claim.State, claim.Reason, claim.DecidedAt, claim.DecidedById) = (isConfirmed ? ClaimState.Confirmed : ClaimState.Refused, reason, time.GetUtcNow(), curatorId);
        db.Record(curatorId, isConfirmed ? "authorship.confirm" : "authorship.refuse", Subject(claim), time.GetUtcNow(), $"{claim.AuthorName}, account:{claim.AccountId}{(reason is null ? "" : ": " + reason)}");
        var told = new NewNotification(claim.AccountId, NotificationKind.Moderation, time.GetUtcNow())
        {
            PaperId = claim.PaperId,
            Decision = isConfirmed ? Decision.AuthorConfirmed : Decision.AuthorNotConfirmed,
            Names = [claim.AuthorName],
            Text = reason,
        };
        await db.NotifyAsync(told, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ClaimOutcome.Done;
    }

    /// <summary>A person's claims, the last first.</summary>
    public Task<IReadOnlyList<ClaimListing>> ListOwnAsync(long accountId, CancellationToken cancellationToken) =>
        ListAsync(claims => claims.Where(c => c.AccountId == accountId).OrderByDescending(c => c.Id), most: 1_000, cancellationToken);

    /// <summary>The undecided claims, the first made first.</summary>
    public Task<IReadOnlyList<ClaimListing>> ListPendingAsync(int most, CancellationToken cancellationToken) =>
        ListAsync(claims => claims.Where(c => c.State == ClaimState.Pending).OrderBy(c => c.CreatedAt).ThenBy(c => c.Id), most, cancellationToken);

    /// <summary>The claims that were decided, the last first.</summary>
    public Task<IReadOnlyList<ClaimListing>> ListDecidedAsync(int most, CancellationToken cancellationToken) =>
        ListAsync(claims => claims.Where(c => c.State != ClaimState.Pending).OrderByDescending(c => c.DecidedAt).ThenByDescending(c => c.Id), most, cancellationToken);

    /// <summary>The claim a person has on a paper, or null.</summary>
    public async Task<AuthorshipClaim?> OnAsync(long accountId, long paperId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.AuthorshipClaims.AsNoTracking().SingleOrDefaultAsync(c => c.AccountId == accountId && c.PaperId == paperId, cancellationToken);
    }

    /// <summary>The confirmed authors of a paper.</summary>
    public async Task<IReadOnlyList<ConfirmedAuthor>> ConfirmedAsync(long paperId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.AuthorshipClaims.AsNoTracking()
            .Where(c => c.PaperId == paperId && c.State == ClaimState.Confirmed)
            .OrderBy(c => c.Id)
            .Join(db.Users, c => c.AccountId, a => a.Id, (c, a) => new ConfirmedAuthor(c.AuthorName, a.DisplayName, a.Handle))
            .ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<ClaimListing>> ListAsync(
        Func<IQueryable<AuthorshipClaim>, IQueryable<AuthorshipClaim>> which, int most, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var claims = await which(db.AuthorshipClaims.AsNoTracking()).Take(most).ToListAsync(cancellationToken);
        var (paperIds, accountIds) = (claims.Select(c => c.PaperId).Distinct().ToArray(), claims.Select(c => c.AccountId).Distinct().ToArray());
        var papers = await db.Papers.AsNoTracking().Where(p => EF.Parameter(paperIds).Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
        var accounts = await db.Users.AsNoTracking().Where(a => EF.Parameter(accountIds).Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancellationToken);
        return claims.ConvertAll(c => new ClaimListing(c, papers[c.PaperId], accounts[c.AccountId].DisplayName, accounts[c.AccountId].Email, accounts[c.AccountId].EmailConfirmed));
    }

    private static Task<bool> IsTakenAsync(PapersDb db, long paperId, string authorName, CancellationToken cancellationToken) =>
        db.AuthorshipClaims.AnyAsync(c => c.PaperId == paperId && c.AuthorName == authorName && c.State == ClaimState.Confirmed, cancellationToken);

    private static string Subject(AuthorshipClaim claim) => FormattableString.Invariant($"paper:{claim.PaperId}");

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
