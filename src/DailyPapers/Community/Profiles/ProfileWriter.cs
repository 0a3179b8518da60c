using DailyPapers.Community.Auditing;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Profiles;

/// <summary>Keeps what people show of themselves.</summary>
public sealed class ProfileWriter(IDbContextFactory<PapersDb> contexts, TimeProvider time)
{
    /// <summary>The person's own profile and handle, as the form shows them.</summary>
    public async Task<(Profile Profile, string? Handle)> OwnAsync(long accountId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var profile = await db.Profiles.AsNoTracking().SingleOrDefaultAsync(p => p.AccountId == accountId, cancellationToken);
        var handle = await db.Users.Where(a => a.Id == accountId).Select(a => a.Handle).SingleOrDefaultAsync(cancellationToken);
        return (profile ?? new Profile { AccountId = accountId }, handle);
    }

    /// <summary>Keeps what the person shows.</summary>
    /// <returns>What is wrong and how to mend it, or null when it is kept.</returns>
    public async Task<string?> SaveAsync(long accountId, string? about, bool showsUpvotes, CancellationToken cancellationToken)
    {
        about = string.IsNullOrWhiteSpace(about) ? null : about.Trim();
        if (about?.Length > Profile.LongestAbout)
            return T["about has {0} characters; shorten it to {1}.", about.Length, Profile.LongestAbout];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.TakeChangeNumbersAsync(1, cancellationToken);
        if (await db.Profiles.SingleOrDefaultAsync(p => p.AccountId == accountId, cancellationToken) is not { } profile)
            db.Profiles.Add(profile = new Profile { AccountId = accountId });
        (profile.About, profile.ShowsUpvotes) = (about, showsUpvotes);
        db.Record(accountId, "profile.edit", FormattableString.Invariant($"account:{accountId}"), time.GetUtcNow(), showsUpvotes ? "upvotes shown" : "upvotes hidden");
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }
}
