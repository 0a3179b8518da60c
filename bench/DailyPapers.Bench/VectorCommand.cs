using System.CommandLine;
using DailyPapers.Embedding;

namespace DailyPapers.Bench;

/// <summary>The <c>vectors</c> command.</summary>
internal static class VectorCommand
{
    private const int Seed = 20260102;

    public static Command Create()
    {
        var corpus = new Option<FileInfo?>("--corpus") { Description = "Papers to embed with the model that ships; without it, vectors are drawn at random in clusters." };
        var count = new Option<int>("--count") { Description = "Vectors to index.", DefaultValueFactory = _ => 3_000_000 };
        var dimensions = new Option<int>("--dimensions") { Description = "Dimensions of vectors drawn at random.", DefaultValueFactory = _ => 256 };
        var noise = new Option<float>("--noise") { Description = "Length of the noise that makes further vectors from the first ones, relative to theirs.", DefaultValueFactory = _ => 0.5f };
        var queries = new Option<int>("--queries") { Description = "Searches to time.", DefaultValueFactory = _ => 100 };
        var command = new Command("vectors", "Builds a vector index and prints the time of a search, its recall and its memory, beside a scan of floats.") { corpus, count, dimensions, noise, queries };
        command.SetAction((arguments, cancellationToken) => Task.Run(
            () =>
            {
                var random = new Random(Seed);
                var wanted = arguments.GetValue(queries);
                var (bases, asked) = arguments.GetValue(corpus) is { } file
                    ? FromTexts(file, wanted, random)
                    : FromClusters(arguments.GetValue(dimensions), wanted, random);
                VectorBench.Run(new VectorSample(bases, arguments.GetValue(noise)), asked, arguments.GetValue(count), cancellationToken);
            },
            cancellationToken));
        return command;
    }

    // Vectors of whole papers are searched by vectors of titles.
    private static (float[][] Bases, float[][] Queries) FromTexts(FileInfo corpus, int wanted, Random random)
    {
        var papers = CorpusReader.Batches(corpus, 1_000).SelectMany(batch => batch).ToArray();
        random.Shuffle(papers);
        var bases = papers.Select(paper => Embed(PaperText.Compose(paper.Title, paper.Keywords, paper.Abstract))).Where(IsNotZero).ToArray();
        return (bases, [.. papers.Take(wanted).Select(paper => Embed(paper.Title)).Where(IsNotZero)]);
    }

    private static float[] Embed(string text)
    {
        var vector = new float[StaticEmbeddingModel.Shipped.Dimensions];
        StaticEmbeddingModel.Shipped.Embed(text, vector);
        return vector;
    }

    private static (float[][] Bases, float[][] Queries) FromClusters(int dimensions, int wanted, Random random)
    {
        var vectors = VectorSample.Clustered(65_536 + wanted, dimensions, random);
        return (vectors[wanted..], vectors[..wanted]);
    }

    private static bool IsNotZero(float[] vector) => vector.Any(x => x != 0);
}
