using CsCheck;
using DailyPapers.Embedding.Format;
using DailyPapers.Embedding.Text;

namespace DailyPapers.Embedding.Tests;

public sealed class StaticEmbeddingModelTests
{
    private static readonly float[] First = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.5f];
    private static readonly float[] Second = [0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static StaticEmbeddingModel Shipped => StaticEmbeddingModel.Shipped;

    [Fact]
    public void A_vector_has_unit_length_or_is_zero() => Gen.String.Sample(text =>
    {
        var vector = Embed(Shipped, text);
        Assert.True(MathF.Abs(Length(vector) - 1) < 1e-4f || vector.All(value => value == 0));
    });

    [Fact]
    public void A_text_without_known_words_is_zero()
    {
        Assert.All(Embed(Shipped, ""), value => Assert.Equal(0, value));
        Assert.All(Embed(Shipped, " … 你好 !"), value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_vector_is_the_normalised_weighted_sum_less_the_mean()
    {
        var mean = new float[16];
        mean[0] = 0.25f;
        var model = Model(mean, exponent: 0.5f);
        // "two" occurs four times: it counts twice.
        float[] expected = [.. First.Zip(Second, (a, b) => a + (2 * b))];
        expected = Unit(expected);
        expected[0] -= 0.25f;
        expected = Unit(expected);
        var vector = Embed(model, "One two two; two two");
        for (var i = 0; i < vector.Length; i++)
            Assert.InRange(vector[i], expected[i] - 0.01f, expected[i] + 0.01f);
    }

    [Fact]
    public void In_a_query_each_token_has_the_weight_that_was_learnt_for_queries()
    {
        var model = Model(new float[16], exponent: 1);
        var expected = Unit([.. First.Zip(Second, (a, b) => a + (3 * b))]);
        var vector = new float[16];
        model.EmbedQuery("one two", vector);
        for (var i = 0; i < vector.Length; i++)
            Assert.InRange(vector[i], expected[i] - 0.01f, expected[i] + 0.01f);
        Assert.Equal(2, model.TitleCount);
    }

    [Fact]
    public void A_long_text_embeds_as_its_words_do_whatever_their_order()
    {
        var text = string.Join(". ", Enumerable.Repeat("Graph. Neural. Kernel. Bound.", 2000));
        var shuffled = string.Join(". ", Enumerable.Repeat("Bound. Kernel. Neural. Graph.", 2000));
        Assert.Equal(Embed(Shipped, text), Embed(Shipped, shuffled));
    }

    [Fact]
    public void Threads_agree()
    {
        var expected = Embed(Shipped, "Sample complexity of offline reinforcement learning");
        Parallel.For(0, 200, _ => Assert.Equal(expected, Embed(Shipped, "Sample complexity of offline reinforcement learning")));
    }

    [Fact]
    public void Embedding_allocates_nothing()
    {
        var vector = new float[Shipped.Dimensions];
        var text = string.Concat(Enumerable.Repeat("We study the $\\alpha$-divergence of naïve over-parameterised networks. ", 20));
        for (var i = 0; i < 50; i++)
            Shipped.Embed(text, vector);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            Shipped.Embed(text, vector);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData("overparameterized networks", "over-parameterised networks")]
    [InlineData("overparametrized networks", "over parameterized network")]
    [InlineData("colour modelling", "color modeling")]
    [InlineData("multi-layer perceptron", "multilayer perceptrons")]
    [InlineData("k-means clustering", "kmeans clustering")]
    public void Spellings_of_one_thing_lie_near_each_other(string one, string other) =>
        Assert.InRange(Cosine(one, other), 0.6f, 1.001f);

    [Theory]
    [InlineData("why do over-parameterised MLPs generalise", "Generalization bounds for overparameterized neural networks", "Visual odometry for underwater robots")]
    [InlineData("colour constancy", "Estimating the illuminant for color correction of images", "Regret bounds for contextual bandits")]
    [InlineData("grasping unknown objects", "Robotic manipulation with a multi-fingered hand", "Low-resource machine translation")]
    [InlineData("privacy of federated learning", "Differentially private training across clients", "Monocular depth estimation")]
    public void A_query_is_nearer_to_its_topic_than_to_another(string query, string near, string far) =>
        Assert.True(Cosine(query, near) > Cosine(query, far) + 0.15f);

    [Fact]
    public void The_shipped_model_is_of_the_promised_size()
    {
        Assert.Equal(256, Shipped.Dimensions);
        Assert.Matches("^[0-9a-f]{12}$", Shipped.Id);
        using var file = typeof(StaticEmbeddingModel).Assembly.GetManifestResourceStream("papers.dpe")!;
        Assert.InRange(file.Length, 1_000_000, 16_000_000);
    }

    [Fact]
    public void Signs_are_balanced_over_papers_topics()
    {
        string[] texts =
        [
            "Visual SLAM in dynamic scenes", "Regret bounds for bandits", "Neural machine translation", "Grasp planning", "Federated learning",
            "Object detection", "Kernel methods", "Diffusion models", "Graph neural networks", "Legged locomotion", "Word embeddings", "Causal inference",
        ];
        var vectors = texts.Select(text => Embed(Shipped, text)).ToList();
        var distances = vectors.SelectMany((a, i) => vectors.Skip(i + 1).Select(b => a.Zip(b).Count(pair => pair.First > 0 != pair.Second > 0)));
        Assert.InRange(distances.Average(), 90, 140);
    }

    [Fact]
    public void Every_flipped_byte_and_every_cut_is_noticed()
    {
        var file = File(new float[16], 0.5f);
        for (var i = 0; i < file.Length; i++)
        {
            var damaged = (byte[])file.Clone();
            damaged[i] ^= (byte)(1 << (i % 8));
            Assert.Throws<InvalidDataException>(() => StaticEmbeddingModel.Read(new MemoryStream(damaged)));
            Assert.Throws<InvalidDataException>(() => StaticEmbeddingModel.Read(new MemoryStream(file[..i])));
        }
        Assert.Throws<InvalidDataException>(() => StaticEmbeddingModel.Read(new MemoryStream([.. file, 0])));
    }

    [Fact]
    public void Messages_say_what_is_wrong()
    {
        var file = File(new float[16], 0.5f);
        var path = Path.Combine(Directory.CreateTempSubdirectory("papers-embedding-").FullName, "model.dpe");
        System.IO.File.WriteAllText(path, new string('x', 100));
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => StaticEmbeddingModel.Open(path)).Message, StringComparison.Ordinal);
        file[8] = 9;
        Assert.Contains("version 9", Assert.Throws<InvalidDataException>(() => StaticEmbeddingModel.Read(new MemoryStream(file))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_identity_follows_the_content()
    {
        Assert.Equal(Model(new float[16], 0.5f).Id, Model(new float[16], 0.5f).Id);
        Assert.NotEqual(Model(new float[16], 0.5f).Id, Model(new float[16], 1).Id);
    }

    [Fact]
    public void A_vector_of_another_length_is_refused() => Assert.Throws<ArgumentException>(() => Shipped.Embed("text", new float[255]));

    [Fact]
    public void A_model_that_does_not_fit_the_format_is_not_written()
    {
        var vocabulary = new Vocabulary(["one", "two"]);
        Assert.Throws<ArgumentException>(() => StaticEmbeddingModelWriter.Write(Stream.Null, vocabulary, new float[30], new float[2], new float[15], 1, 1));
        Assert.Throws<ArgumentException>(() => StaticEmbeddingModelWriter.Write(Stream.Null, vocabulary, new float[31], new float[2], new float[16], 1, 1));
        Assert.Throws<ArgumentException>(() => StaticEmbeddingModelWriter.Write(Stream.Null, vocabulary, new float[32], new float[3], new float[16], 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StaticEmbeddingModelWriter.Write(Stream.Null, vocabulary, new float[32], new float[2], new float[16], 1, 0));
    }

    private static StaticEmbeddingModel Model(float[] mean, float exponent) => StaticEmbeddingModel.Read(new MemoryStream(File(mean, exponent)));

    private static byte[] File(float[] mean, float exponent)
    {
        var stream = new MemoryStream();
        StaticEmbeddingModelWriter.Write(stream, new Vocabulary(["one", "two"]), [.. First, .. Second], [1, 3], mean, exponent, titleCount: 2);
        return stream.ToArray();
    }

    private static float[] Embed(StaticEmbeddingModel model, string text)
    {
        var vector = new float[model.Dimensions];
        model.Embed(text, vector);
        return vector;
    }

    private static float Cosine(string one, string other) => Embed(Shipped, one).Zip(Embed(Shipped, other), (a, b) => a * b).Sum();

    private static float Length(float[] vector) => MathF.Sqrt(vector.Sum(value => value * value));

    private static float[] Unit(float[] vector) => [.. vector.Select(value => value / Length(vector))];
}
