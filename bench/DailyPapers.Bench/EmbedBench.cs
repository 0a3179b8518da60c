using System.Diagnostics;
using DailyPapers.Embedding;

namespace DailyPapers.Bench;

/// <summary>Times the shipped embedding model on a corpus's abstracts and titles, on one thread.</summary>
internal static class EmbedBench
{
    private const int Rounds = 5;
    private const int BatchSize = 1000;

    public static void Run(FileInfo corpus)
    {
        var records = CorpusReader.Batches(corpus, BatchSize).SelectMany(batch => batch).ToList();
        var clock = Stopwatch.StartNew();
        var model = StaticEmbeddingModel.Shipped;
        Console.WriteLine($"Opened model {model.Id} ({model.Vocabulary.Count:N0} tokens, {model.Dimensions} dimensions) in {clock.Elapsed.TotalMilliseconds:F1} ms.");
        Time(model, "abstracts", [.. records.Select(record => record.Abstract ?? "").Where(text => text.Length > 0)]);
        Time(model, "titles", [.. records.Select(record => record.Title)]);
    }

    private static void Time(StaticEmbeddingModel model, string what, string[] texts)
    {
        var vector = new float[model.Dimensions];
        var times = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            foreach (var text in texts)
                model.Embed(text, vector);
            // The first round warms code and caches.
            if (round > 0)
                times.Add(clock.Elapsed.TotalMicroseconds / texts.Length);
        }
        times.Sort();
        var words = texts.Average(text => text.Count(letter => letter == ' ') + 1);
        Console.WriteLine($"{texts.Length:N0} {what} of {words:F0} words: {times[Rounds / 2]:F2} µs each (median of {Rounds} rounds; best {times[0]:F2}), {1e6 / times[Rounds / 2]:N0} a second.");
    }
}
