using System.Text.Json;

namespace DailyPapers.Embedding.Onnx.Tests;

/// <summary>
/// A BERT of one attention layer with seeded weights, as a folder of files and, independently of them, as the formula:
/// X = E[ids] + T[0]; H = tanh(X + softmax(X Xᵀ + mask) X).
/// </summary>
internal sealed class TinyBert : IDisposable
{
    public const int Width = 6;

    public static readonly string[] Words =
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "deep", "learn", "##ing", "net", "##work", "##s", "a", "of", "cafe", "café", "Deep", "=", "$", ".", "-", "x", "日", "本", "query", ":", "passage", "Café", "[", "]", "cls",
    ];

    private readonly float[] _words;
    private readonly float[] _types;

    public TinyBert(int seed = 7)
    {
        // Deterministic for a seed: the runtime keeps the sequence of a seeded Random.
        var random = new Random(seed);
        _words = [.. Enumerable.Range(0, Words.Length * Width).Select(_ => (float)(random.NextDouble() * 2 - 1))];
        _types = [.. Enumerable.Range(0, 2 * Width).Select(_ => (float)(random.NextDouble() * 0.4 - 0.2))];
        Folder = Directory.CreateTempSubdirectory("tiny-bert-").FullName;
        Write("model.onnx", Graph().ToFile());
        Write("vocab.txt", string.Join('\n', Words) + "\n");
        Write("config.json", """{"model_type":"bert","max_position_embeddings":64}""");
        WritePooling("mean_tokens");
    }

    public string Folder { get; }

    public string PathOf(string file) => Path.Combine(Folder, file);

    public void Write(string file, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllBytes(PathOf(file), content);
    }

    public void Write(string file, string content) => Write(file, System.Text.Encoding.UTF8.GetBytes(content));

    public void WritePooling(params IReadOnlyList<string> modes)
    {
        var config = new Dictionary<string, object> { ["word_embedding_dimension"] = Width };
        foreach (var mode in new[] { "cls_token", "mean_tokens", "max_tokens", "mean_sqrt_len_tokens", "weightedmean_tokens", "lasttoken" })
            config[$"pooling_mode_{mode}"] = modes.Contains(mode);
        Write("1_Pooling/config.json", JsonSerializer.Serialize(config));
    }

    /// <summary>The vocabulary as tokenizer.json in place of vocab.txt.</summary>
    public void WriteTokenizer(string model = "WordPiece", string normalizer = """{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":true}""")
    {
        File.Delete(PathOf("vocab.txt"));
        var vocabulary = JsonSerializer.Serialize(Words.Select((word, number) => (word, number)).ToDictionary(pair => pair.word, pair => pair.number));
        Write("tokenizer.json", $$$"""{"version":"1.0","added_tokens":[{"id":0,"content":"[PAD]","special":true}],"normalizer":{{{normalizer}}},"pre_tokenizer":{"type":"BertPreTokenizer"},"model":{"type":"{{{model}}}","unk_token":"[UNK]","continuing_subword_prefix":"##","max_input_chars_per_word":100,"vocab":{{{vocabulary}}}}}""");
    }

    /// <summary>The graph; what the arguments change are forms in which real models are exported.</summary>
    public OnnxGraph Graph(int inputType = OnnxGraph.Int64, bool types = true, object? batch = null, object? length = null, string output = "last_hidden_state", int outputType = OnnxGraph.Float, string? further = null)
    {
        batch ??= "batch";
        length ??= "length";
        var graph = new OnnxGraph().Input("input_ids", inputType, batch, length).Input("attention_mask", inputType, batch, length);
        if (types)
            graph.Input("token_type_ids", inputType, batch, length);
        if (further is not null)
            graph.Input(further, inputType, batch, length);
        graph
            .Constant("words", _words, Words.Length, Width)
            .Constant("types", _types, 2, Width)
            .Constant("type0", _types[..Width], Width)
            .Constant("one", [1f])
            .Constant("far", [-1e9f])
            .Constant("axis1", [1L])
            .Constant("axis2", [2L])
            .Node("Gather", ["words", "input_ids"], "word")
            .Node("Cast", ["attention_mask"], "mask", ("to", OnnxGraph.Float));
        if (types)
            graph.Node("Gather", ["types", "token_type_ids"], "type").Node("Add", ["word", "type"], "x");
        else
            graph.Node("Add", ["word", "type0"], "x");
        graph
            .Node("Transpose", ["x"], "xt", ("perm", new long[] { 0, 2, 1 }))
            .Node("MatMul", ["x", "xt"], "scores")
            .Node("Sub", ["one", "mask"], "absent")
            .Node("Mul", ["absent", "far"], "penalty")
            .Node("Unsqueeze", ["penalty", "axis1"], "penalties")
            .Node("Add", ["scores", "penalties"], "masked")
            .Node("Softmax", ["masked"], "weights", ("axis", -1L))
            .Node("MatMul", ["weights", "x"], "context")
            .Node("Add", ["x", "context"], "sum")
            .Node("Tanh", ["sum"], "hidden");
        if (output == "sentence_embedding")
            return graph
                .Node("Unsqueeze", ["mask", "axis2"], "columns")
                .Node("Mul", ["hidden", "columns"], "present")
                .Node("ReduceSum", ["present", "axis1"], output, ("keepdims", 0L))
                .Output(output, OnnxGraph.Float, batch, Width);
        return graph.Node("Cast", ["hidden"], output, ("to", (long)outputType)).Output(output, outputType, batch, length, Width);
    }

    /// <summary>H (L, D) of tokens, by the formula.</summary>
    public double[][] Hidden(IReadOnlyList<string> tokens)
    {
        double[][] x = [.. tokens.Select(token => Enumerable.Range(0, Width).Select(d => (double)_words[(Array.IndexOf(Words, token) * Width) + d] + _types[d]).ToArray())];
        return [.. x.Select(query =>
        {
            var scores = x.Select(key => Math.Exp(key.Zip(query, (a, b) => a * b).Sum())).ToArray();
            var context = Enumerable.Range(0, Width).Select(d => scores.Zip(x, (score, key) => score * key[d]).Sum() / scores.Sum());
            return query.Zip(context, (a, b) => Math.Tanh(a + b)).ToArray();
        })];
    }

    /// <summary>The mean of H over "[CLS] tokens [SEP]".</summary>
    public double[] Mean(params IReadOnlyList<string> tokens)
    {
        var hidden = Hidden(["[CLS]", .. tokens, "[SEP]"]);
        return [.. Enumerable.Range(0, Width).Select(d => hidden.Average(row => row[d]))];
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
