using CsCheck;
using DailyPapers.Community.Accounts;
using DailyPapers.TestSupport;

namespace DailyPapers.Tests.Community;

public class HandlesTests
{
    [Theory]
    [InlineData("Ada Lovelace", "ada-lovelace")]
    [InlineData("  José  Ñandú-Öst ", "jose-nandu-ost")]
    [InlineData("Łukasz Straße", "lukasz-strasse")]
    [InlineData("Conan O'Brien", "conan-obrien")]
    [InlineData("x", "reader")]
    [InlineData("李明", "reader")]
    [InlineData("Admin", "reader")]
    [InlineData("<script>", "script")]
    public void A_handle_is_made_of_the_name(string name, string handle) => Assert.Equal(handle, Handles.Derive(name));

    [Fact]
    public void Any_name_gives_a_handle_that_may_be_used() =>
        Gen.String[Gen.Char, 0, 90].Sample(name => Handles.Problem(Handles.Derive(new string(name.Where(c => !char.IsSurrogate(c)).ToArray()))) is null);

    [Theory]
    [InlineData(null)]
    [InlineData("a")]
    [InlineData("Ada")]
    [InlineData("-ada")]
    [InlineData("ada-")]
    [InlineData("a--b")]
    [InlineData("a b")]
    [InlineData("а-cyrillic-a")]
    [InlineData("moderator")]
    public void What_could_mislead_is_no_handle(string? handle) => Assert.NotNull(Handles.Problem(handle));

    [Fact]
    public async Task Namesakes_get_different_handles_even_at_the_same_time()
    {
        await using var papers = await TemporaryPapers.CreateAsync();

        var people = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => papers.PersonAsync("Ada Lovelace"))));

        Assert.Equal(8, people.Select(person => person.Handle).Distinct().Count());
        Assert.Contains("ada-lovelace", people.Select(person => person.Handle));
        Assert.All(people, person => Assert.StartsWith("ada-lovelace", person.Handle, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_handle_can_be_changed_to_one_that_is_free()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        var ada = await papers.PersonAsync("Ada");
        await papers.PersonAsync("Grace");

        Assert.Contains("taken", await papers.Get<Handles>().ChangeAsync(ada.Id, "grace", token), StringComparison.Ordinal);
        Assert.Null(await papers.Get<Handles>().ChangeAsync(ada.Id, " @Countess ", token));

        await using var db = await papers.DbAsync();
        Assert.Equal("countess", db.Users.Single(a => a.Id == ada.Id).Handle);
        Assert.Equal("ada to countess", db.AuditEntries.Single(e => e.Action == "account.handle").Detail);
    }

    [Fact]
    public async Task Accounts_from_before_get_a_handle()
    {
        await using var papers = await TemporaryPapers.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        await using var db = await papers.DbAsync();
        db.Users.AddRange(new Account { DisplayName = "Old Friend", UserName = "a@example.org" }, new Account { DisplayName = "Old Friend", UserName = "b@example.org" });
        await db.SaveChangesAsync(token);

        await papers.Get<Handles>().FillAsync(token);

        await using var after = await papers.DbAsync();
        Assert.Equal(2, after.Users.Select(a => a.Handle).Distinct().Count(handle => handle!.StartsWith("old-friend")));
    }
}
