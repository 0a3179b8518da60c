using Microsoft.EntityFrameworkCore;

namespace DailyPapers.EndToEnd.Tests;

public class KilledImportTests
{
    private const int Papers = 12_000;

    [Theory]
    [InlineData(1)]
    [InlineData(3_000)]
    [InlineData(9_000)]
    public async Task An_import_killed_midway_goes_on_and_ends_complete(int killAt)
    {
        using var folder = new DataFolder();
        await File.WriteAllLinesAsync(folder.File("in.jsonl"), Enumerable.Range(0, Papers).Select(ServeTests.JsonlPaper), TestContext.Current.CancellationToken);
        await using (var import = PapersProcess.Start(folder.Path, null, "import", folder.File("in.jsonl")))
        {
            await Eventually.TrueAsync(async () => import.HasExited || await StoredAsync(folder) >= killAt);
            await import.KillAsync();
        }
        var stored = await StoredAsync(folder);
        Assert.InRange(stored, killAt, Papers);

        var (code, output) = await PapersProcess.RunAsync(folder.Path, null, "import", folder.File("in.jsonl"));
        Assert.True(code == 0, output);
        Assert.Equal(Papers, await StoredAsync(folder));
        if (stored < Papers)
        {
            Assert.Contains("Went on from", output, StringComparison.Ordinal);
            Assert.Contains($"{Papers - stored:N0} papers new", output, StringComparison.Ordinal);
        }
        (code, output) = await PapersProcess.RunAsync(folder.Path, null, "search", "zebrafish11999", "--mode", "lexical", "--json");
        Assert.True(code == 0, output);
        Assert.Contains("\"total\": 1", output, StringComparison.Ordinal);
    }

    private static async Task<int> StoredAsync(DataFolder folder) => File.Exists(folder.File("papers.db"))
        ? await folder.AskAsync(db => db.Papers.CountAsync(p => p.Source == "jsonl"))
        : 0;
}
