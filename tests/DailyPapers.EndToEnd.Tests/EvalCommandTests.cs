using System.Text.Json;

namespace DailyPapers.EndToEnd.Tests;

public class EvalCommandTests
{
    private static async Task WriteCollectionAsync(DataFolder folder)
    {
        Directory.CreateDirectory(folder.File("tiny/qrels"));
        await File.WriteAllTextAsync(folder.File("tiny/corpus.jsonl"), """
            {"_id": "softmax", "title": "The two-pass softmax", "text": "Softmax with a third less memory bandwidth."}
            {"_id": "grasp", "title": "Grasping unknown objects", "text": "Robots grasp objects they never saw."}
            """);
        await File.WriteAllTextAsync(folder.File("tiny/queries.jsonl"), """{"_id": "q1", "text": "memory bandwidth"}""");
        await File.WriteAllTextAsync(folder.File("tiny/qrels/test.tsv"), "query-id\tcorpus-id\tscore\nq1\tsoftmax\t1\n");
    }

    [Fact]
    public async Task A_collection_gives_a_table_JSON_measures_of_each_query_and_runs_that_score_alike()
    {
        using var folder = new DataFolder();
        await WriteCollectionAsync(folder);

        var (code, table) = await PapersProcess.RunAsync(folder.Path, null, "eval", "collection", folder.File("tiny"), "--systems", "lexical,fts5", "--per-query", folder.File("each.tsv"), "--write-run", folder.File("runs"));
        Assert.True(code == 0, table);
        Assert.Contains("tiny: 2 documents, 1 queries, 1 judgements", table, StringComparison.Ordinal);
        Assert.Contains("1.000 [1.000, 1.000]", table, StringComparison.Ordinal);
        Assert.Equal(3, (await File.ReadAllLinesAsync(folder.File("each.tsv"), TestContext.Current.CancellationToken)).Length);

        var (runCode, json) = await PapersProcess.RunAsync(
            folder.Path, null, "eval", "run", "--run", folder.File("runs/tiny.lexical.run"), folder.File("runs/tiny.fts5.run"), "--qrels", folder.File("tiny/qrels/test.tsv"), "--json");
        Assert.True(runCode == 0, json);
        var systems = JsonDocument.Parse(json).RootElement[0].GetProperty("systems");
        Assert.Equal(["lexical", "fts5"], systems.EnumerateArray().Select(system => system.GetProperty("system").GetString()));
        Assert.All(systems.EnumerateArray(), system => Assert.Equal(1, system.GetProperty("measures").GetProperty("nDCG@10").GetProperty("mean").GetDouble()));
    }

    [Fact]
    public async Task What_is_wrong_with_a_collection_or_a_wish_is_said_in_a_line()
    {
        using var folder = new DataFolder();
        await WriteCollectionAsync(folder);
        await File.AppendAllTextAsync(folder.File("tiny/corpus.jsonl"), "\nno json\n", TestContext.Current.CancellationToken);
        await AssertSaysAsync(folder, 1, "corpus.jsonl:3:", "collection", folder.File("tiny"));
        await AssertSaysAsync(folder, 1, "there is no system 'bm42'", "collection", folder.File("tiny"), "--systems", "bm42");
        await AssertSaysAsync(folder, 2, "--bootstrap must be", "collection", folder.File("tiny"), "--bootstrap", "7");
        await AssertSaysAsync(folder, 2, "name one folder", "collection", folder.File("tiny"), folder.File("tiny"), "--qrels", folder.File("tiny/qrels/test.tsv"));
        await AssertSaysAsync(folder, 1, "absent.run", "run", "--run", folder.File("absent.run"), "--qrels", folder.File("tiny/qrels/test.tsv"));
    }

    private static async Task AssertSaysAsync(DataFolder folder, int expected, string says, params string[] arguments)
    {
        var (code, output) = await PapersProcess.RunAsync(folder.Path, null, ["eval", .. arguments]);
        Assert.True(expected == code, $"exit code {code}: {output}");
        Assert.Contains(says, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }
}
