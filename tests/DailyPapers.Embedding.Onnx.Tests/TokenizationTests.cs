namespace DailyPapers.Embedding.Onnx.Tests;

/// <summary>What a text's tokens are shows in its vector: the expected tokens are those of BERT's original tokenizer.</summary>
public class TokenizationTests
{
    [Theory]
    [InlineData("Deep LEARNING", "deep learn ##ing")]
    [InlineData("deep\tnet\nof\r\nnets", "deep net of net ##s")]
    [InlineData("Café", "cafe")]
    [InlineData("Cafe\u0301", "cafe")]
    [InlineData("CAFÉ", "cafe")]
    [InlineData("x=$x", "x = $ x")]
    [InlineData("deep-net.", "deep - net .")]
    [InlineData("unheard of", "[UNK] of")]
    [InlineData("deepest", "[UNK]")]
    [InlineData("a\u200bof deep\u00adnet", "[UNK] [UNK]")]
    [InlineData("de\u200bep", "deep")]
    [InlineData("de\0ep\ufffd", "deep")]
    [InlineData("a\u00a0net\u3000of\u2028a", "a net of a")]
    [InlineData("日本x", "日 本 x")]
    [InlineData("😀 net", "[UNK] net")]
    [InlineData("x \ud800net", "x net")]
    [InlineData("[CLS] a", "[ cls ] a")]
    [InlineData("", "")]
    [InlineData(" \t ", "")]
    public async Task Texts_become_the_tokens_the_model_was_trained_on(string text, string tokens)
    {
        using var bert = new TinyBert();
        await AssertTokensAsync(bert, text, tokens);
        bert.WriteTokenizer();
        await AssertTokensAsync(bert, text, tokens);
    }

    [Theory]
    [InlineData("""{"do_lower_case":false}""", "Deep Café deep", "Deep Café deep")]
    [InlineData("""{"do_lower_case":true,"strip_accents":false}""", "CAFÉ", "café")]
    [InlineData("""{"do_lower_case":false,"strip_accents":true}""", "café Deep", "cafe Deep")]
    [InlineData("""{"tokenize_chinese_chars":false}""", "日本", "[UNK]")]
    public async Task Case_accents_and_Chinese_are_treated_as_the_folder_says(string config, string text, string tokens)
    {
        using var bert = new TinyBert();
        bert.Write("tokenizer_config.json", config);
        await AssertTokensAsync(bert, text, tokens);
        bert.WriteTokenizer();
        await AssertTokensAsync(bert, text, tokens);
    }

    [Fact]
    public async Task The_normalizer_of_tokenizer_json_holds_where_nothing_overrules_it()
    {
        using var bert = new TinyBert();
        bert.WriteTokenizer(normalizer: """{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":false}""");
        await AssertTokensAsync(bert, "Deep Café", "Deep Café");
    }

    [Fact]
    public async Task Special_tokens_may_have_other_names()
    {
        using var bert = new TinyBert();
        var renamed = TinyBert.Words.Select(word => word switch { "[CLS]" => "<s>", "[SEP]" => "</s>", "[PAD]" => "<pad>", "[UNK]" => "<unk>", _ => word });
        bert.Write("vocab.txt", string.Join('\n', renamed));
        bert.Write("special_tokens_map.json", """{"cls_token":"<s>","sep_token":"</s>","pad_token":"<pad>","unk_token":{"content":"<unk>","lstrip":false}}""");
        await AssertTokensAsync(bert, "a strange net", "a [UNK] net");
    }

    private static async Task AssertTokensAsync(TinyBert bert, string text, string tokens)
    {
        using var encoder = OnnxSentenceEncoder.Open(bert.Folder);
        Near.Equal(bert.Mean(tokens.Split(' ', StringSplitOptions.RemoveEmptyEntries)), Assert.Single(await encoder.EncodeAsync(text)));
    }
}
