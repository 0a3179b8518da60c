using Markdig.Helpers;
using Markdig.Parsers;

namespace DailyPapers.Community.Comments.Rendering;

/// <summary>Reads handles where they are text: not in code, links or formulas.</summary>
internal sealed class MentionParser : InlineParser
{
    public MentionParser() => OpeningCharacters = ['@'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var length = Mentions.LengthAt(slice.Text, slice.Start);
        if (length == 0 || slice.Start + length > slice.End)
            return false;
        processor.Inline = new MentionInline(slice.Text.Substring(slice.Start + 1, length));
        slice.Start += length + 1;
        return true;
    }
}
