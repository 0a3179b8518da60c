using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DailyPapers.Embedding.Format;
using DailyPapers.Embedding.Text;

namespace DailyPapers.Embedding;

/// <summary>
/// A text encoder without a network: each token has a vector, and a text's is their weighted sum, less the mean of all texts,
/// brought to unit length. A token's weight is part of its vector. A token that occurs n times counts n^p times, where the
/// model holds p. In a query a token counts as many times more or less as the model has learnt: what people ask with is not
/// what papers are written with.
/// </summary>
/// <remarks>Instances are immutable; all members may be used from several threads.</remarks>
public sealed unsafe class StaticEmbeddingModel
{
    private const int MostTokensOnStack = 4096;

    private static readonly Lazy<StaticEmbeddingModel> ShippedModel = new(OpenShipped);

    // Keeps the memory that the pointers below point into.
    private readonly object _memory;
    private readonly sbyte* _rows;
    private readonly float[] _scales;
    private readonly float[] _queryScales;
    private readonly float[] _mean;
    private readonly float[] _powers;

    private StaticEmbeddingModel(object memory, ModelLayout layout)
    {
        _memory = memory;
        _rows = (sbyte*)layout.Rows;
        _scales = layout.Scales;
        _queryScales = [.. layout.Scales.Zip(layout.QueryWeights, (scale, weight) => scale * weight)];
        TitleCount = layout.TitleCount;
        _mean = layout.Mean;
        _powers = [.. Enumerable.Range(0, 256).Select(n => MathF.Pow(n, layout.FrequencyExponent))];
        (Id, Dimensions, Vocabulary) = (layout.Id, layout.Mean.Length, layout.Vocabulary);
    }

    /// <summary>The model that comes with this library, trained on titles and abstracts of machine-learning papers; opened when first used.</summary>
    public static StaticEmbeddingModel Shipped => ShippedModel.Value;

    /// <summary>Names the content: twelve hexadecimal digits of the file's checksum. Vectors of different models cannot be compared.</summary>
    public string Id { get; }

    /// <summary>How many numbers a vector has.</summary>
    public int Dimensions { get; }

    /// <summary>How often a paper's title is to stand in its text, for <see cref="PaperText.Compose"/>.</summary>
    public int TitleCount { get; }

    /// <summary>The tokens that the model knows.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>Opens a model file.</summary>
    /// <exception cref="InvalidDataException">The file is no model, of another version of the format, or damaged.</exception>
    public static StaticEmbeddingModel Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = File.OpenRead(path);
        return Read(file, $"'{path}'");
    }

    /// <summary>Reads a model from a stream to its end.</summary>
    /// <exception cref="InvalidDataException">The content is no model, of another version of the format, or damaged.</exception>
    public static StaticEmbeddingModel Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Read(stream, "The stream");
    }

    /// <summary>Writes a paper's vector: of unit length, or all zeros when the text holds no known token.</summary>
    /// <param name="text">The text of a paper (<see cref="PaperText.Compose"/>), or a part of it: of any length.</param>
    /// <param name="vector">Receives <see cref="Dimensions"/> numbers.</param>
    /// <exception cref="ArgumentException">The vector has another length.</exception>
    public void Embed(ReadOnlySpan<char> text, Span<float> vector) => Embed(text, _scales, vector);

    /// <summary>Writes a query's vector, to be compared with papers': of unit length, or all zeros when the text holds no known token.</summary>
    /// <param name="text">What somebody asks: of any length.</param>
    /// <param name="vector">Receives <see cref="Dimensions"/> numbers.</param>
    /// <exception cref="ArgumentException">The vector has another length.</exception>
    public void EmbedQuery(ReadOnlySpan<char> text, Span<float> vector) => Embed(text, _queryScales, vector);

    [SkipLocalsInit]
    private void Embed(ReadOnlySpan<char> text, float[] scales, Span<float> vector)
    {
        if (vector.Length != Dimensions)
            throw new ArgumentException($"The vector has {vector.Length} numbers; the model's have {Dimensions}.", nameof(vector));
        var most = Vocabulary.MostTokens(text.Length);
        int[]? rented = null;
        var tokens = most <= MostTokensOnStack ? stackalloc int[MostTokensOnStack] : rented = ArrayPool<int>.Shared.Rent(most);
        var count = Vocabulary.Tokenize(text, tokens);
        Sum(tokens[..count], scales, vector);
        if (rented is not null)
            ArrayPool<int>.Shared.Return(rented);
        Finish(vector);
    }

    private void Sum(Span<int> tokens, float[] scales, Span<float> sum)
    {
        sum.Clear();
        tokens.Sort();
        for (var i = 0; i < tokens.Length;)
        {
            var token = tokens[i];
            var start = i;
            while (i < tokens.Length && tokens[i] == token)
                i++;
            Add(token, _powers[Math.Min(i - start, _powers.Length - 1)] * scales[token], sum);
        }
    }

    private void Add(int token, float factor, Span<float> sum)
    {
        var row = _rows + ((long)token * sum.Length);
        ref var target = ref MemoryMarshal.GetReference(sum);
        var factors = Vector256.Create(factor);
        for (nuint i = 0; i < (nuint)sum.Length; i += 16)
        {
            var (low, high) = Vector256.Widen(Vector256.WidenLower(Vector128.Load(row + i).ToVector256Unsafe()));
            Vector256.FusedMultiplyAdd(Vector256.ConvertToSingle(low), factors, Vector256.LoadUnsafe(ref target, i)).StoreUnsafe(ref target, i);
            Vector256.FusedMultiplyAdd(Vector256.ConvertToSingle(high), factors, Vector256.LoadUnsafe(ref target, i + 8)).StoreUnsafe(ref target, i + 8);
        }
    }

    private void Finish(Span<float> vector)
    {
        if (!Normalize(vector))
            return;
        for (var i = 0; i < vector.Length; i++)
            vector[i] -= _mean[i];
        Normalize(vector);
    }

    private static bool Normalize(Span<float> vector)
    {
        var squares = 0f;
        foreach (var value in vector)
            squares += value * value;
        if (squares <= 0)
            return false;
        var factor = 1 / MathF.Sqrt(squares);
        foreach (ref var value in vector)
            value *= factor;
        return true;
    }

    private static StaticEmbeddingModel OpenShipped()
    {
        var stream = typeof(StaticEmbeddingModel).Assembly.GetManifestResourceStream("papers.dpe")
            ?? throw new InvalidDataException("The shipped model is missing from the library.");
        // An embedded resource lies in the loaded assembly: it is used in place.
        return stream is UnmanagedMemoryStream mapped
            ? new StaticEmbeddingModel(mapped, ModelLayout.Parse(mapped.PositionPointer, mapped.Length, "The shipped model"))
            : Read(stream, "The shipped model");
    }

    private static StaticEmbeddingModel Read(Stream stream, string name)
    {
        using var content = new MemoryStream();
        stream.CopyTo(content);
        var memory = GC.AllocateUninitializedArray<byte>((int)content.Length, pinned: true);
        content.GetBuffer().AsSpan(0, memory.Length).CopyTo(memory);
        fixed (byte* start = memory)
            return new StaticEmbeddingModel(memory, ModelLayout.Parse(start, memory.Length, name));
    }
}
