using DailyPapers.Community.Accounts;
using DailyPapers.Papers;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Bench.Community;

/// <summary>The readers' accounts and the papers they talk about.</summary>
internal static class CommunityScene
{
    public const string Password = "correct horse battery";

    /// <summary>Settings that let one machine be many people.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>> Settings { get; } = [new("Rates:WritesPerMinute", "1000000"), new("Rates:CommentsPerTenMinutes", "1000000")];

    public static string Email(int reader) => $"reader-{reader.ToString(System.Globalization.CultureInfo.InvariantCulture)}@example.org";

    /// <summary>Makes the accounts and papers; returns the papers' addresses.</summary>
    public static async Task<IReadOnlyList<string>> MakeAsync(IServiceProvider services, int readers, int papers, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        string? hash = null;
        for (var i = 0; i < readers; i++)
        {
            var account = new Account { UserName = Email(i), Email = Email(i), EmailConfirmed = true, DisplayName = $"Reader {i}", CreatedAt = DateTimeOffset.UtcNow.AddDays(-1 - (i % 60)) };
            // One password for all: its hash is slow to make on purpose.
            account.PasswordHash = hash ??= accounts.PasswordHasher.HashPassword(account, Password);
            var made = await accounts.CreateAsync(account);
            if (!made.Succeeded)
                throw new InvalidOperationException(string.Join(' ', made.Errors.Select(error => error.Description)));
        }
        var stored = await scope.ServiceProvider.GetRequiredService<PaperIntake>().StoreAsync(
            [.. Enumerable.Range(0, papers).Select(i => new PaperRecord
            {
                Source = "jsonl",
                Title = $"Talked about, number {i}",
                Abstract = "We talk about what we measure and measure what we talk about.",
                Authors = [new() { Name = $"Author {i}" }],
                Published = new DateOnly(2025, 8, 1),
            })],
            cancellationToken: cancellationToken);
        return [.. stored.Papers.Select(paper => $"/papers/{paper.Key}")];
    }
}
