using System.Text.Json;

namespace DailyPapers.Embedding.Onnx;

/// <summary>A WordPiece vocabulary and how texts are prepared for it, as a model's folder says.</summary>
internal sealed record TokenizerSettings
{
    private const int MostTokens = 10_000_000;

    /// <summary>The file that the vocabulary came from.</summary>
    public required string File { get; init; }

    public required IReadOnlyDictionary<string, int> Vocabulary { get; init; }

    public bool LowerCase { get; init; } = true;

    public bool StripAccents { get; init; } = true;

    public bool SeparateChinese { get; init; } = true;

    public string ContinuationPrefix { get; init; } = "##";

    public string UnknownToken { get; init; } = "[UNK]";

    public string ClassificationToken { get; init; } = "[CLS]";

    public string SeparatorToken { get; init; } = "[SEP]";

    public string PaddingToken { get; init; } = "[PAD]";

    /// <summary>The longest text the tokenizer was saved for, if it says.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Reads tokenizer.json, else vocab.txt; tokenizer_config.json and special_tokens_map.json have the last word, as where models are made.</summary>
    /// <exception cref="ModelFolderException">A file is missing, damaged or of another kind of tokenizer.</exception>
    public static TokenizerSettings Read(string folder)
    {
        var whole = Path.Combine(folder, "tokenizer.json");
        var vocabulary = Path.Combine(folder, "vocab.txt");
        var settings = System.IO.File.Exists(whole) ? FromTokenizer(whole)
            : System.IO.File.Exists(vocabulary) ? new TokenizerSettings { File = vocabulary, Vocabulary = FromLines(vocabulary) }
            : throw new ModelFolderException(folder, "it has neither tokenizer.json nor vocab.txt.", "Copy the tokenizer's files of the model into it.");

        foreach (var name in new[] { "special_tokens_map.json", "tokenizer_config.json" })
            if (ModelJson.TryRead(Path.Combine(folder, name)) is { } file)
                settings = settings.With(file);
        return settings;
    }

    private TokenizerSettings With(ModelJson file)
    {
        var lowerCase = file.Flag("do_lower_case") ?? LowerCase;
        return this with
        {
            LowerCase = lowerCase,
            // Not said means: with the case.
            StripAccents = file.Flag("strip_accents") ?? (file.Flag("do_lower_case") is null ? StripAccents : lowerCase),
            SeparateChinese = file.Flag("tokenize_chinese_chars") ?? SeparateChinese,
            UnknownToken = file.Token("unk_token") ?? UnknownToken,
            ClassificationToken = file.Token("cls_token") ?? ClassificationToken,
            SeparatorToken = file.Token("sep_token") ?? SeparatorToken,
            PaddingToken = file.Token("pad_token") ?? PaddingToken,
            // "No limit" is written as a number beyond all texts.
            MaxTokens = file.Number("model_max_length") is { } most and > 2 and < 1_000_000 ? most : MaxTokens,
        };
    }

    private static TokenizerSettings FromTokenizer(string path)
    {
        const string remedy = "Choose a model of the BERT type, or serve this one with Ollama or vLLM and use the kind \"openai\".";
        var file = ModelJson.Read(path);
        var model = file.Object("model") ?? throw new ModelFolderException(path, "it has no \"model\".", "Copy the file again.");
        // Older files name no type; only WordPiece has the length of words.
        var type = model.Text("type") ?? (model.Number("max_input_chars_per_word") is null ? "unknown" : "WordPiece");
        if (type != "WordPiece")
            throw new ModelFolderException(path, $"its tokenizer is of the type {type}; only WordPiece is read.", remedy);
        var normalizer = file.Object("normalizer");
        if (normalizer is not null && normalizer.Text("type") != "BertNormalizer")
            throw new ModelFolderException(path, $"its normalizer is {normalizer.Text("type")}; only BertNormalizer is read.", remedy);
        if (file.Object("pre_tokenizer") is { } words && words.Text("type") != "BertPreTokenizer")
            throw new ModelFolderException(path, $"its pre_tokenizer is {words.Text("type")}; only BertPreTokenizer is read.", remedy);

        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (token, number) in model.Numbers("vocab"))
            vocabulary[token] = Checked(path, token, number);
        foreach (var added in file.Objects("added_tokens"))
            if (added.Text("content") is { } token && added.Number("id") is { } number)
                vocabulary.TryAdd(token, Checked(path, token, number));
        if (vocabulary.Count == 0)
            throw new ModelFolderException(path, "its vocabulary is empty.", "Copy the file again.");
        var lowerCase = normalizer?.Flag("lowercase") ?? true;
        return new TokenizerSettings
        {
            File = path,
            Vocabulary = vocabulary,
            LowerCase = lowerCase,
            StripAccents = normalizer?.Flag("strip_accents") ?? lowerCase,
            SeparateChinese = normalizer?.Flag("handle_chinese_chars") ?? true,
            ContinuationPrefix = model.Text("continuing_subword_prefix") ?? "##",
            UnknownToken = model.Text("unk_token") ?? "[UNK]",
        };
    }

    private static Dictionary<string, int> FromLines(string path)
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in System.IO.File.ReadLines(path))
            vocabulary[line.TrimEnd('\r')] = number++;
        return vocabulary.Count > 0 ? vocabulary : throw new ModelFolderException(path, "it is empty.", "Copy the file again.");
    }

    private static int Checked(string path, string token, int number) => number is >= 0 and < MostTokens
        ? number
        : throw new ModelFolderException(path, $"the token {JsonSerializer.Serialize(token)} has the number {number}.", "Copy the file again.");
}
