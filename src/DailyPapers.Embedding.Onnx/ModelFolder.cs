using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace DailyPapers.Embedding.Onnx;

/// <summary>What a folder in the layout of Hugging Face's sentence-transformers says about its model.</summary>
internal sealed record ModelFolder
{
    private const int UsualMaxTokens = 512;

    private static readonly (string Flag, PoolingMode Mode)[] _poolingFlags =
    [
        ("pooling_mode_cls_token", PoolingMode.Cls),
        ("pooling_mode_max_tokens", PoolingMode.Max),
        ("pooling_mode_mean_tokens", PoolingMode.Mean),
        ("pooling_mode_mean_sqrt_len_tokens", PoolingMode.MeanSqrtLen),
        ("pooling_mode_weightedmean_tokens", PoolingMode.WeightedMean),
        ("pooling_mode_lasttoken", PoolingMode.LastToken),
    ];

    private static readonly Dictionary<string, PoolingMode> _poolingNames = new(StringComparer.Ordinal)
    {
        ["cls"] = PoolingMode.Cls,
        ["max"] = PoolingMode.Max,
        ["mean"] = PoolingMode.Mean,
        ["mean_sqrt_len_tokens"] = PoolingMode.MeanSqrtLen,
        ["weightedmean"] = PoolingMode.WeightedMean,
        ["lasttoken"] = PoolingMode.LastToken,
    };

    public required string Root { get; init; }

    /// <summary>The ONNX file.</summary>
    public required string Graph { get; init; }

    public required TokenizerSettings Tokenizer { get; init; }

    /// <summary>The pooling's file, if there is one.</summary>
    public required string? PoolingFile { get; init; }

    public required IReadOnlyList<PoolingMode> Pooling { get; init; }

    /// <summary>The length of tokens' vectors, if the folder says.</summary>
    public required int? TokenDimensions { get; init; }

    /// <summary>A step of the model beyond pooling and unit length, which only the graph itself could hold; usually none.</summary>
    public required string? FurtherModule { get; init; }

    public required int MaxTokens { get; init; }

    public required string QueryPrefix { get; init; }

    public required string DocumentPrefix { get; init; }

    /// <summary>Reads the folder's files, the graph excepted.</summary>
    /// <exception cref="ModelFolderException">A file is missing, damaged or asks for what is not supported.</exception>
    public static ModelFolder Read(string root, OnnxSentenceEncoderOptions options)
    {
        if (!Directory.Exists(root))
            throw new ModelFolderException(root, "there is no such folder.", "Name the folder that holds the model's files.");
        var modules = ReadModules(root);
        var transformer = Path.Combine(root, modules.FirstOrDefault(module => module.Type == "Transformer").Path ?? "");
        var tokenizer = TokenizerSettings.Read(transformer);
        var poolingFolder = modules.FirstOrDefault(module => module.Type == "Pooling").Path ?? "1_Pooling";
        var pooling = ModelJson.TryRead(Path.Combine(root, poolingFolder, "config.json"));
        var poolingFile = pooling is null ? null : Path.Combine(root, poolingFolder, "config.json");
        var prompts = ModelJson.TryRead(Path.Combine(root, "config_sentence_transformers.json"))?.Object("prompts");
        var folder = new ModelFolder
        {
            Root = root,
            Graph = FindGraph(root, transformer, options.Graph),
            Tokenizer = tokenizer,
            PoolingFile = poolingFile,
            Pooling = pooling is null ? [PoolingMode.Mean] : ReadPooling(poolingFile!, pooling),
            TokenDimensions = pooling?.Number("word_embedding_dimension") ?? pooling?.Number("embedding_dimension"),
            FurtherModule = modules.FirstOrDefault(module => module.Type is not ("Transformer" or "Pooling" or "Normalize")).Type,
            MaxTokens = ReadMaxTokens(transformer, tokenizer, options.MaxTokens),
            QueryPrefix = prompts?.Text("query") ?? "",
            DocumentPrefix = prompts?.Text("document") ?? prompts?.Text("passage") ?? prompts?.Text("corpus") ?? "",
        };
        if (pooling?.Flag("include_prompt") == false && folder.QueryPrefix.Length + folder.DocumentPrefix.Length > 0)
            throw new ModelFolderException(poolingFile!, "it leaves the prompt's tokens out of the pooling, which is not supported.", "Choose another model, or serve this one elsewhere and use the kind \"openai\".");
        return folder;
    }

    /// <summary>A hash of everything that vectors depend on: the graph with its weights, the vocabulary, and what the other files say.</summary>
    public string Fingerprint()
    {
        var hash = new XxHash128();
        foreach (var file in GraphFiles())
        {
            using var stream = File.OpenRead(file);
            AppendText(hash, stream.Length.ToString(CultureInfo.InvariantCulture));
            hash.Append(stream);
        }
        foreach (var (token, number) in Tokenizer.Vocabulary.OrderBy(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            AppendText(hash, token);
            AppendText(hash, number.ToString(CultureInfo.InvariantCulture));
        }
        AppendText(hash, string.Create(CultureInfo.InvariantCulture, $"{Tokenizer.LowerCase} {Tokenizer.StripAccents} {Tokenizer.SeparateChinese} {MaxTokens} {string.Join('+', Pooling)}"));
        foreach (var token in new[] { Tokenizer.ClassificationToken, Tokenizer.SeparatorToken, Tokenizer.UnknownToken, Tokenizer.ContinuationPrefix })
            AppendText(hash, token);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>The graph, and the files beside it that hold the weights of one beyond 2 GB: model.onnx_data, model.onnx.data.</summary>
    private IEnumerable<string> GraphFiles() => Directory
        .EnumerateFiles(Path.GetDirectoryName(Graph)!, Path.GetFileName(Graph) + "*")
        .Order(StringComparer.Ordinal);

    private static void AppendText(XxHash128 hash, string text)
    {
        hash.Append(Encoding.UTF8.GetBytes(text));
        hash.Append([0]);
    }

    private static List<(string Type, string Path)> ReadModules(string root)
    {
        var file = Path.Combine(root, "modules.json");
        if (!File.Exists(file))
            return [];
        // Types are Python's: sentence_transformers.models.Pooling.
        return [.. ModelJson.ReadList(file).Select(module => (
            (module.Text("type") ?? throw new ModelFolderException(file, "a module has no \"type\".", "Copy the file again.")).Split('.')[^1],
            Inside(root, file, module.Text("path") ?? "")))];
    }

    private static string FindGraph(string root, string transformer, string? named)
    {
        if (named is not null)
        {
            var file = Path.Combine(root, Inside(root, root, named));
            return File.Exists(file) ? file : throw new ModelFolderException(file, "there is no such file.", "Name a file of the folder, such as onnx/model_quantized.onnx.");
        }
        string[] usual = [Path.Combine(transformer, "model.onnx"), Path.Combine(transformer, "onnx", "model.onnx"), Path.Combine(root, "model.onnx"), Path.Combine(root, "onnx", "model.onnx")];
        return usual.FirstOrDefault(File.Exists)
            ?? throw new ModelFolderException(root, "it has neither model.onnx nor onnx/model.onnx.", "Export the model to ONNX (optimum-cli export onnx), or name the file if it is called otherwise.");
    }

    /// <summary>Files of a model lie in its folder.</summary>
    private static string Inside(string root, string file, string path)
    {
        var full = Path.GetFullPath(path, Path.GetFullPath(root));
        return full == Path.GetFullPath(root) || full.StartsWith(Path.GetFullPath(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new ModelFolderException(file, $"the path \"{path}\" leads out of the folder.", "Name a file inside it.");
    }

    private static List<PoolingMode> ReadPooling(string file, ModelJson pooling)
    {
        var named = pooling.Texts("pooling_mode").SelectMany(names => names.Split('+')).ToList();
        var modes = named.Count > 0
            ? named.Select(name => _poolingNames.TryGetValue(name, out var mode)
                ? mode
                : throw new ModelFolderException(file, $"the pooling_mode \"{name}\" is not known.", $"Expected one of {string.Join(", ", _poolingNames.Keys)}."))
            : _poolingFlags.Where(flag => pooling.Flag(flag.Flag) == true).Select(flag => flag.Mode);
        List<PoolingMode> ordered = [.. modes.Distinct().Order()];
        return ordered.Count > 0 ? ordered : throw new ModelFolderException(file, "it turns no pooling on.", $"Set one of {string.Join(", ", _poolingFlags.Select(flag => flag.Flag))} to true.");
    }

    private static int ReadMaxTokens(string transformer, TokenizerSettings tokenizer, int? wanted)
    {
        var trained = ModelJson.TryRead(Path.Combine(transformer, "sentence_bert_config.json"))?.Number("max_seq_length") ?? tokenizer.MaxTokens ?? UsualMaxTokens;
        var possible = ModelJson.TryRead(Path.Combine(transformer, "config.json"))?.Number("max_position_embeddings") ?? int.MaxValue;
        return Math.Max(3, Math.Min(wanted ?? int.MaxValue, Math.Min(trained, possible)));
    }
}
