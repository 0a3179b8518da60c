using DailyPapers.Community.Accounts;
using DailyPapers.Community.Invitations;
using DailyPapers.Community.Notifications;
using DailyPapers.Community.PrivateFeeds;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace DailyPapers.Tests.Storage;

/// <summary>A database from before feed secrets were hashed is brought to the present, by a start and by a restore.</summary>
public sealed class FeedSecretMigrationTests : IDisposable
{
    private const string Before = "20261126003823_Community";
    private const string FollowingSecret = "Zm9sbG93aW5nIGZlZWQgb2YgYWRh_-12";
    private const string NotificationSecret = "00112233445566778899aabbccddeeff0011223344556677";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("papers-test-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Database => new DataDirectory(_root.FullName).DatabaseFile;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _root.Delete(recursive: true);
    }

    [Fact]
    public async Task Addresses_go_on_working_and_nothing_else_is_lost()
    {
        await MakeAsync();
        await using var papers = await TemporaryPapers.CreateAsync(root: _root.FullName);

        await ProveAsync(papers);
        Assert.Equal(new DateTimeOffset(2025, 8, 1, 9, 0, 0, TimeSpan.Zero), await papers.Get<FeedSecrets>().MadeAtAsync(1, FeedKind.Following, Token));
        Assert.NotNull(await papers.Get<FeedSecrets>().MadeAtAsync(2, FeedKind.Notifications, Token));
        var preference = await papers.Get<NotificationPreferences>().ReadAsync(2, Token);
        Assert.Equal(("mail-2", MailPace.Daily), (preference.MailSecret, preference.Pace));
        await using var db = await papers.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(Token);
        Assert.Equal(2, await db.NotificationPreferences.CountAsync(Token));
        Assert.Equal(1, await db.UserLogins.CountAsync(Token));
        Assert.Empty(await db.Database.SqlQueryRaw<string>("SELECT \"table\" AS Value FROM pragma_foreign_key_check").ToListAsync(Token));
    }

    [Fact]
    public async Task The_file_holds_the_secrets_no_longer()
    {
        await MakeAsync();
        // A backup has the free pages too.
        var copy = Path.Combine(_root.FullName, "copy.db");
        await using (var papers = await TemporaryPapers.CreateAsync(root: _root.FullName))
            await papers.Get<Backup>().CreateAsync(copy, Token);
        var bytes = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(copy, Token));
        Assert.DoesNotContain(FollowingSecret, bytes, StringComparison.Ordinal);
        Assert.DoesNotContain(NotificationSecret, bytes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restored_backup_from_before_works_as_well()
    {
        await MakeAsync();
        await using var papers = await TemporaryPapers.CreateAsync();
        await papers.Get<Backup>().RestoreAsync(Database, Token);
        await ProveAsync(papers);
    }

    [Fact]
    public async Task Inviters_stay_a_deleted_one_s_branch_begins_anew_and_numbers_of_accounts_do_not_come_again()
    {
        await MakeAsync();
        await using var papers = await TemporaryPapers.CreateAsync(root: _root.FullName);
        Assert.Equal(["Ada 0", "Grace 1", "Alan 2"], await TreeAsync());

        await using var db = await papers.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(Token);
        // By no code of the service: the database itself keeps the tree right.
        await db.Database.ExecuteSqlRawAsync("DELETE FROM Accounts WHERE Id = 2", Token);
        Assert.Equal(["Alan"], await db.Users.Where(a => a.InvitedById == null && a.Id != 1 && a.Id != 4).Select(a => a.DisplayName).ToListAsync(Token));
        await Assert.ThrowsAnyAsync<Exception>(() => db.Database.ExecuteSqlRawAsync("UPDATE Accounts SET InvitedById = 99 WHERE Id = 1", Token));
        var account = new Account { DisplayName = "New", UserName = "new@example.org" };
        db.Users.Add(account);
        await db.SaveChangesAsync(Token);
        Assert.Equal(10, account.Id);

        async Task<IEnumerable<string>> TreeAsync() => (await papers.Get<Inviting>().TreeAsync(Token)).Select(person => $"{person.Name} {person.Depth}");
    }

    [Fact]
    public async Task It_can_be_taken_back()
    {
        await MakeAsync();
        await using var papers = await TemporaryPapers.CreateAsync(root: _root.FullName);
        await using var db = await papers.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(Token);
        await db.GetService<IMigrator>().MigrateAsync(Before, Token);
        Assert.Equal(1, await db.Database.SqlQueryRaw<int>("SELECT InvitedById AS Value FROM Accounts WHERE Id = 2").SingleAsync(Token));
        await db.GetService<IMigrator>().MigrateAsync(cancellationToken: Token);
        Assert.Equal(1, (await db.Users.SingleAsync(a => a.Id == 2, Token)).InvitedById);
    }

    private static async Task ProveAsync(TemporaryPapers papers)
    {
        var secrets = papers.Get<FeedSecrets>();
        Assert.Equal(1, await secrets.AccountOfAsync(FollowingSecret, FeedKind.Following, Token));
        Assert.Equal(2, await secrets.AccountOfAsync(NotificationSecret, FeedKind.Notifications, Token));
        Assert.Null(await secrets.AccountOfAsync(FollowingSecret, FeedKind.Notifications, Token));
        Assert.Null(await secrets.AccountOfAsync(NotificationSecret, FeedKind.Following, Token));
        Assert.Null(await secrets.MadeAtAsync(1, FeedKind.Notifications, Token));
    }

    private async Task MakeAsync()
    {
        var options = new DbContextOptionsBuilder<PapersDb>();
        StorageSetup.UseEmbeddedStorage(options, Database);
        await using var db = new PapersDb(options.Options);
        await db.GetService<IMigrator>().MigrateAsync(Before, Token);
        await db.Database.ExecuteSqlRawAsync(
            $"""
            INSERT INTO ChangeCounter (Id, Value, Lineage) VALUES (1, 1, 'a');
            INSERT INTO Accounts (Id, DisplayName, Email, Handle, Role, CreatedAt, InvitedById, UserName, NormalizedUserName, EmailConfirmed, PhoneNumberConfirmed, TwoFactorEnabled, LockoutEnabled, AccessFailedCount, AuthenticatorStep) VALUES
                (1, 'Ada', 'ada@example.org', 'ada', 'Reader', '2025-08-01 08:00:00', NULL, 'ada@example.org', 'ADA@EXAMPLE.ORG', 1, 0, 0, 1, 0, 0),
                (2, 'Grace', 'grace@example.org', 'grace', 'Reader', '2025-08-01 08:00:00', 1, 'grace@example.org', 'GRACE@EXAMPLE.ORG', 1, 0, 0, 1, 0, 0),
                (3, 'Alan', 'alan@example.org', 'alan', 'Reader', '2025-08-01 08:00:00', 2, 'alan@example.org', 'ALAN@EXAMPLE.ORG', 1, 0, 0, 1, 0, 0),
                (4, 'Emmy', 'emmy@example.org', 'emmy', 'Reader', '2025-08-01 08:00:00', 77, 'emmy@example.org', 'EMMY@EXAMPLE.ORG', 1, 0, 0, 1, 0, 0),
                (9, 'Gone', 'gone@example.org', 'gone', 'Reader', '2025-08-01 08:00:00', NULL, 'gone@example.org', 'GONE@EXAMPLE.ORG', 1, 0, 0, 1, 0, 0);
            DELETE FROM Accounts WHERE Id = 9;
            INSERT INTO AspNetUserLogins (LoginProvider, ProviderKey, UserId) VALUES ('university', 'person-1', 1);
            INSERT INTO FeedTokens (AccountId, Token, CreatedAt) VALUES (1, '{FollowingSecret}', '2025-08-01 09:00:00');
            INSERT INTO NotificationPreferences (AccountId, MailedKinds, Pace, MailSecret, FeedSecret) VALUES
                (1, 3, 'Soon', 'mail-1', NULL), (2, 3, 'Daily', 'mail-2', '{NotificationSecret}');
            """, Token);
        // The last connection to close writes what stands in the log into the file.
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }
}
