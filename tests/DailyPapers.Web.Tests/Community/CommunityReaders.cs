using System.Net;
using DailyPapers.Community.Accounts;
using DailyPapers.Papers;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Web.Tests.Community;

/// <summary>People with roles, and papers, for tests of what people do.</summary>
internal static class CommunityReaders
{
    /// <summary>A signed-in reader with a handle of their own.</summary>
    public static async Task<(Reader Reader, string Handle)> MemberAsync(this ServiceFixture fixture, AccountRole role = AccountRole.Reader)
    {
        var reader = fixture.NewReader();
        var name = $"m{Guid.NewGuid():N}"[..12];
        var email = $"{name}@example.org";
        await using (var scope = fixture.Service.Get<IServiceScopeFactory>().CreateAsyncScope())
        {
            var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            var made = await accounts.CreateAsync(
                new Account { UserName = email, Email = email, EmailConfirmed = true, DisplayName = name, Role = role, CreatedAt = DateTimeOffset.UtcNow }, Reader.Password);
            Assert.True(made.Succeeded, string.Join(" ", made.Errors.Select(error => error.Description)));
        }
        using var response = await reader.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", email), ("password", Reader.Password));
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return (reader, name);
    }

    public static async Task<string> NewPaperAsync(this ServiceFixture fixture)
    {
        var stored = await fixture.Service.Get<PaperIntake>().StoreAsync(
            [new PaperRecord { Source = "jsonl", Title = $"A paper to talk about {Guid.NewGuid()}", Published = new DateOnly(2024, 1, 1) }],
            cancellationToken: TestContext.Current.CancellationToken);
        return $"/papers/{stored.Papers[0].Key}";
    }

    /// <summary>Writes a comment and returns its number.</summary>
    public static async Task<string> CommentAsync(this Reader reader, string paper, string text, string? parent = null)
    {
        using var response = await reader.SubmitAsync(paper, paper + "/comments", parent is null ? [("text", text)] : [("text", text), ("parent", parent)]);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        var place = response.Headers.Location!.ToString();
        Assert.StartsWith(paper + "#comment-", place, StringComparison.Ordinal);
        return place[(paper.Length + "#comment-".Length)..];
    }
}
