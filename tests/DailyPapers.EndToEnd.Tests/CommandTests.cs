namespace DailyPapers.EndToEnd.Tests;

public class CommandTests
{
    [Theory]
    [InlineData(2, "Unrecognized", "no-such-command")]
    [InlineData(2, "--hugging-face", "import", "--hugging-face", "2025-13-40")]
    [InlineData(2, "exists", "harvest", "oai", "--from", "2025-02-30")]
    [InlineData(1, "arXiv identifier", "harvest", "query", "--id", "2013.99999")]
    [InlineData(3, "no file", "import", "no-such-file.jsonl")]
    [InlineData(3, "no paper", "show", "2001.99999")]
    [InlineData(2, "2025-08-13", "edition", "show", "2025-W54")]
    [InlineData(1, "does not exist", "restore", "no-such-backup.db", "--yes")]
    [InlineData(3, "no account", "users", "role", "nobody@example.org", "Curator")]
    [InlineData(3, "no account", "users", "sign-out", "nobody@example.org")]
    [InlineData(1, "10", "users", "add", "ada@example.org")]
    [InlineData(0, "papers serve", "--help")]
    [InlineData(0, "complete -o default", "completion", "bash")]
    public async Task Commands_answer_with_their_exit_code_and_say_why(int expected, string says, params string[] arguments)
    {
        using var folder = new DataFolder();
        var (code, output) = await PapersProcess.RunAsync(folder.Path, null, arguments);
        Assert.True(expected == code, $"exit code {code}: {output}");
        Assert.Contains(says, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lab_lists_the_papers_it_can_run_through_its_own_process()
    {
        using var folder = new DataFolder();
        var (code, output) = await PapersProcess.RunAsync(folder.Path, null, "lab", "list", "--json");
        Assert.True(code == 0, output);
        Assert.All((string[])["two-pass-softmax", "more-is-better", "benign-overfitting-xor"], slug => Assert.Contains($"\"{slug}\"", output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_made_is_named_with_the_remedy()
    {
        using var folder = new DataFolder();
        await File.WriteAllTextAsync(folder.File("file"), "", TestContext.Current.CancellationToken);
        var (code, output) = await PapersProcess.RunAsync(folder.File("file/inside"), null, "show", "2001.04438");
        Assert.Equal(1, code);
        Assert.Contains("--data", output, StringComparison.Ordinal);
    }
}
