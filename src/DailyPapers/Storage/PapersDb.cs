using DailyPapers.Community.Accounts;
using DailyPapers.Community.Accounts.Links;
using DailyPapers.Community.Accounts.SecondFactor;
using DailyPapers.Community.Accounts.Sessions;
using DailyPapers.Community.Auditing;
using DailyPapers.Community.Authorship;
using DailyPapers.Community.Collections;
using DailyPapers.Community.Comments;
using DailyPapers.Community.Following;
using DailyPapers.Community.Invitations;
using DailyPapers.Community.Moderation.Filters;
using DailyPapers.Community.Moderation.Reports;
using DailyPapers.Community.Notifications;
using DailyPapers.Community.PrivateFeeds;
using DailyPapers.Community.Profiles;
using DailyPapers.Community.Reactions;
using DailyPapers.Community.Reading;
using DailyPapers.Community.Recommending;
using DailyPapers.Community.Scoring;
using DailyPapers.Community.Submissions;
using DailyPapers.Community.Upvotes;
using DailyPapers.Digests;
using DailyPapers.Editions;
using DailyPapers.Editions.Drafting;
using DailyPapers.Papers;
using DailyPapers.Reproductions;
using DailyPapers.Reproductions.Requests;
using DailyPapers.Search.Saving;
using DailyPapers.Sources;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Storage;

/// <summary>The database. Each capability maps its own entities beside them.</summary>
public sealed class PapersDb(DbContextOptions<PapersDb> options) : IdentityUserContext<Account, long>(options)
{
    /// <summary>Papers.</summary>
    public DbSet<Paper> Papers => Set<Paper>();

    /// <summary>Editions.</summary>
    public DbSet<Edition> Editions => Set<Edition>();

    /// <summary>The papers of editions.</summary>
    public DbSet<EditionEntry> EditionEntries => Set<EditionEntry>();

    /// <summary>Editions that are being arranged.</summary>
    public DbSet<EditionDraft> EditionDrafts => Set<EditionDraft>();

    /// <summary>Papers that are no candidates any more.</summary>
    public DbSet<SkippedPaper> SkippedPapers => Set<SkippedPaper>();

    /// <summary>Upvotes.</summary>
    public DbSet<Upvote> Upvotes => Set<Upvote>();

    /// <summary>Submissions.</summary>
    public DbSet<Submission> Submissions => Set<Submission>();

    /// <summary>Comments.</summary>
    public DbSet<Comment> Comments => Set<Comment>();

    /// <summary>What comments said before they were changed.</summary>
    public DbSet<CommentRevision> CommentRevisions => Set<CommentRevision>();

    /// <summary>Reactions to comments.</summary>
    public DbSet<Reaction> Reactions => Set<Reaction>();

    /// <summary>Reports of comments.</summary>
    public DbSet<CommentReport> CommentReports => Set<CommentReport>();

    /// <summary>Patterns that comments are looked through for.</summary>
    public DbSet<WordFilter> WordFilters => Set<WordFilter>();

    /// <summary>What people are told.</summary>
    public DbSet<Notification> Notifications => Set<Notification>();

    /// <summary>How people want to be told.</summary>
    public DbSet<NotificationPreference> NotificationPreferences => Set<NotificationPreference>();
    /// <summary>Runs of the lab that people asked for.</summary>
    public DbSet<LabRunRequest> LabRunRequests => Set<LabRunRequest>();

    /// <summary>Papers that readers typed in.</summary>
    public DbSet<Proposal> Proposals => Set<Proposal>();

    /// <summary>The papers' scores.</summary>
    public DbSet<PaperScore> PaperScores => Set<PaperScore>();

    /// <summary>The audit log.</summary>
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    /// <summary>Where accounts are signed in.</summary>
    public DbSet<AccountSession> AccountSessions => Set<AccountSession>();

    /// <summary>Links sent out that prove something.</summary>
    public DbSet<AccountLink> AccountLinks => Set<AccountLink>();

    /// <summary>Recovery codes of accounts.</summary>
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    /// <summary>Invitations.</summary>
    public DbSet<Invitation> Invitations => Set<Invitation>();

    /// <summary>Digest subscribers.</summary>
    public DbSet<Subscriber> Subscribers => Set<Subscriber>();

    /// <summary>Digest deliveries.</summary>
    public DbSet<DigestDelivery> DigestDeliveries => Set<DigestDelivery>();

    /// <summary>Reproduction runs.</summary>
    public DbSet<ReproductionRun> ReproductionRuns => Set<ReproductionRun>();

    /// <summary>Figures of reproduction runs.</summary>
    public DbSet<ReproductionFigure> ReproductionFigures => Set<ReproductionFigure>();

    /// <summary>Where harvests stand.</summary>
    public DbSet<SourceCursor> SourceCursors => Set<SourceCursor>();

    /// <summary>Searches that people keep.</summary>
    public DbSet<SavedSearch> SavedSearches => Set<SavedSearch>();

    /// <summary>Collections of papers.</summary>
    public DbSet<Collection> Collections => Set<Collection>();

    /// <summary>The papers of collections.</summary>
    public DbSet<CollectionEntry> CollectionEntries => Set<CollectionEntry>();

    /// <summary>Reading lists.</summary>
    public DbSet<ReadingEntry> ReadingEntries => Set<ReadingEntry>();

    /// <summary>What people follow.</summary>
    public DbSet<Follow> Follows => Set<Follow>();

    /// <summary>Secrets of private feeds.</summary>
    public DbSet<FeedSecret> FeedSecrets => Set<FeedSecret>();

    /// <summary>What people want of recommendations.</summary>
    public DbSet<RecommendingChoice> RecommendingChoices => Set<RecommendingChoice>();

    /// <summary>What people show of themselves.</summary>
    public DbSet<Profile> Profiles => Set<Profile>();

    /// <summary>Claims of authorship.</summary>
    public DbSet<AuthorshipClaim> AuthorshipClaims => Set<AuthorshipClaim>();

    internal DbSet<ChangeCounter> ChangeCounters => Set<ChangeCounter>();

    /// <summary>
    /// Takes <paramref name="count"/> change numbers and returns the first. Call it inside the transaction that writes the
    /// change: it takes the write lock, so numbers become visible in their order.
    /// </summary>
    public async Task<long> TakeChangeNumbersAsync(int count, CancellationToken cancellationToken)
    {
        if (Database.CurrentTransaction is null)
            throw new InvalidOperationException("Change numbers are taken inside the transaction that writes the change.");
        await ChangeCounters.ExecuteUpdateAsync(set => set.SetProperty(c => c.Value, c => c.Value + count), cancellationToken);
        var last = await ChangeCounters.AsNoTracking().Select(c => c.Value).SingleAsync(cancellationToken);
        return last - count + 1;
    }

    /// <inheritdoc/>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Write with SaveChangesAsync, which numbers the changes.");

    /// <summary>Saves, giving every written paper the next change number; an edition's or a run's change takes a number too.</summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var written = ChangeTracker.Entries<Paper>()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified)
            .ToList();
        var others = ChangeTracker.Entries().Any(entry =>
            entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
            && entry.Entity is Edition or EditionEntry or ReproductionRun or Submission);
        if (written.Count == 0 && !others)
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);

        var transaction = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        await using (transaction)
        {
            var number = await TakeChangeNumbersAsync(Math.Max(written.Count, 1), cancellationToken);
            // Through the entry, which notices also where the automatic detection of changes is off.
            foreach (var entry in written)
                entry.Property(paper => paper.ChangeSequence).CurrentValue = number++;
            var rows = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            if (transaction is not null)
                await transaction.CommitAsync(cancellationToken);
            return rows;
        }
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PapersDb).Assembly);
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcInstantConverter>();
}
