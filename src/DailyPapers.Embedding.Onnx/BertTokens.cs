using System.Text;
using Microsoft.ML.Tokenizers;

namespace DailyPapers.Embedding.Onnx;

/// <summary>Turns a text into a BERT-type model's token numbers.</summary>
internal sealed class BertTokens
{
    private const int LongestWord = 100;
    private const string UnusedNumber = "[number without a token]";

    private readonly TokenizerSettings _settings;
    private readonly WordPieceTokenizer _pieces;
    private readonly int _first;
    private readonly int _last;

    public BertTokens(TokenizerSettings settings)
    {
        _settings = settings;
        _first = NumberOf(settings.ClassificationToken);
        _last = NumberOf(settings.SeparatorToken);
        Padding = NumberOf(settings.PaddingToken);
        NumberOf(settings.UnknownToken);
        using var vocabulary = new MemoryStream(Encoding.UTF8.GetBytes(Lines(settings.Vocabulary)));
        _pieces = WordPieceTokenizer.Create(vocabulary, new WordPieceOptions
        {
            PreTokenizer = new SpaceSeparation(),
            UnknownToken = settings.UnknownToken,
            ContinuingSubwordPrefix = settings.ContinuationPrefix,
            MaxInputCharsPerWord = LongestWord,
        });
    }

    /// <summary>The number that fills a batch's shorter rows.</summary>
    public int Padding { get; }

    /// <summary>The text's tokens between the two special ones, at most <paramref name="most"/> in all; special tokens written out in a text are text.</summary>
    public int[] Encode(string text, int most)
    {
        var words = BertWords.Separate(text, _settings.LowerCase, _settings.StripAccents, _settings.SeparateChinese);
        var pieces = most > 2 ? _pieces.EncodeToIds(words, most - 2, out _, out _) : [];
        return [_first, .. pieces.Take(most - 2), _last];
    }

    private int NumberOf(string token) => _settings.Vocabulary.TryGetValue(token, out var number)
        ? number
        : throw new ModelFolderException(_settings.File, $"the special token \"{token}\" is not in the vocabulary.", "Copy the tokenizer's files of the model again, all from one place.");

    /// <summary>A file vocab.txt: the n-th line is the token with the number n.</summary>
    private static string Lines(IReadOnlyDictionary<string, int> vocabulary)
    {
        var lines = new string[vocabulary.Values.Max() + 1];
        foreach (var (token, number) in vocabulary)
            lines[number] = token;
        for (var i = 0; i < lines.Length; i++)
            lines[i] ??= $"{UnusedNumber}{i}";
        return string.Join('\n', lines);
    }
}
