using System.Collections.Frozen;

namespace DailyPapers.Embedding.Text;

/// <summary>
/// What letters outside ASCII count as: Latin letters without their accents, ligatures and styled letters spelled out, Greek
/// letters by name, so that <c>α</c> and TeX's <c>\alpha</c> are one word. It is a table of our own because the platform's Unicode
/// normalisation depends on how a process was configured, and a model must read a text the same way in every process.
/// </summary>
internal static class CharacterFolding
{
    /// <summary>The most characters that one becomes.</summary>
    public const int Longest = 7;

    // Each row: the folded form, then the characters that fold to it.
    private static readonly string[] Latin =
    [
        "0 ⁰₀",
        "1 ¹₁",
        "2 ²₂",
        "3 ³₃",
        "4 ⁴₄",
        "5 ⁵₅",
        "6 ⁶₆",
        "7 ⁷₇",
        "8 ⁸₈",
        "9 ⁹₉",
        "a ªÀÁÂÃÄÅàáâãäåĀāĂăĄąǍǎǞǟǠǡǺǻȀȁȂȃȦȧḀḁẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặₐÅ",
        "ae Ææ",
        "b ḂḃḄḅḆḇℬ",
        "c ÇçĆćĈĉĊċČčḈḉℂℭ",
        "d ÐðĎďĐđḊḋḌḍḎḏḐḑḒḓⅅⅆ",
        "dz ǄǅǆǱǲǳ",
        "e ÈÉÊËèéêëĒēĔĕĖėĘęĚěȄȅȆȇȨȩḔḕḖḗḘḙḚḛḜḝẸẹẺẻẼẽẾếỀềỂểỄễỆệₑℯℰⅇ",
        "f Ḟḟℱ",
        "fax ℻",
        "ff ﬀ",
        "ffi ﬃ",
        "ffl ﬄ",
        "fi ﬁ",
        "fl ﬂ",
        "g ĜĝĞğĠġĢģǦǧǴǵḠḡℊ",
        "h ĤĥĦħȞȟḢḣḤḥḦḧḨḩḪḫẖₕℋℌℍℎ",
        "i ÌÍÎÏìíîïĨĩĪīĬĭĮįİıǏǐȈȉȊȋḬḭḮḯỈỉỊịⁱℐℑℹⅈ",
        "ij Ĳĳ",
        "j Ĵĵǰⅉ",
        "k ĶķǨǩḰḱḲḳḴḵₖK",
        "l ĹĺĻļĽľŁłḶḷḸḹḺḻḼḽₗℒℓ",
        "lj Ǉǈǉ",
        "m ḾḿṀṁṂṃₘℳ",
        "n ÑñŃńŅņŇňǸǹṄṅṆṇṈṉṊṋⁿₙℕ",
        "nj Ǌǋǌ",
        "no №",
        "o ºÒÓÔÕÖØòóôõöøŌōŎŏŐőƠơǑǒǪǫǬǭȌȍȎȏȪȫȬȭȮȯȰȱṌṍṎṏṐṑṒṓỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợₒℴ",
        "oe Œœ",
        "p ṔṕṖṗₚℙ",
        "q ℚ",
        "r ŔŕŖŗŘřȐȑȒȓṘṙṚṛṜṝṞṟℛℜℝ",
        "s ŚśŜŝŞşŠšſȘșṠṡṢṣṤṥṦṧṨṩẛₛ",
        "sm ℠",
        "ss ß",
        "st ﬅﬆ",
        "t ŢţŤťȚțṪṫṬṭṮṯṰṱẗₜ",
        "tel ℡",
        "th Þþ",
        "tm ™",
        "u ÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲųƯưǓǔǕǖǗǘǙǚǛǜȔȕȖȗṲṳṴṵṶṷṸṹṺṻỤụỦủỨứỪừỬửỮữỰự",
        "v ṼṽṾṿ",
        "w ŴŵẀẁẂẃẄẅẆẇẈẉẘ",
        "x ẊẋẌẍₓ",
        "y ÝýÿŶŷŸȲȳẎẏẙỲỳỴỵỶỷỸỹ",
        "z ŹźŻżŽžẐẑẒẓẔẕℤℨ",
    ];

    private static readonly string[] Greek =
    [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota",
        "kappa", "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma",
        "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
    ];

    private static readonly FrozenDictionary<char, string> Folded = Table();

    /// <summary>The folded form of a character outside ASCII; null when it is no letter or digit that a word may hold.</summary>
    public static string? Find(char character) => Folded.GetValueOrDefault(character);

    /// <summary>True for marks and invisible characters, which neither belong to a word nor end it.</summary>
    public static bool IsIgnored(char character) =>
        character is (>= '\u0300' and <= '\u036F') or '\u00AD' or (>= '\u200B' and <= '\u200D') or '\u2060' or '\uFEFF';

    /// <summary>The plain letter or digit behind a mathematical one (U+1D400 to U+1D7FF); '\0' when there is none.</summary>
    public static char FindMathematical(int codePoint) => codePoint switch
    {
        >= 0x1D400 and < 0x1D6A4 => (char)('a' + ((codePoint - 0x1D400) % 26)),
        >= 0x1D7CE and <= 0x1D7FF => (char)('0' + ((codePoint - 0x1D7CE) % 10)),
        _ => '\0',
    };

    private static FrozenDictionary<char, string> Table()
    {
        var table = new Dictionary<char, string>();
        foreach (var row in Latin)
        {
            var space = row.IndexOf(' ', StringComparison.Ordinal);
            foreach (var character in row[(space + 1)..])
                table[character] = row[..space];
        }
        for (var i = 0; i < Greek.Length; i++)
        {
            table[(char)('α' + i)] = Greek[i];
            // The capital at the final sigma's place is unassigned.
            if (Greek[i] != "sigma" || i == Greek.Length - 7)
                table[(char)('Α' + i)] = Greek[i];
        }
        for (var c = '!'; c <= '~'; c++)
        {
            if (char.IsAsciiLetterOrDigit(c))
                table[(char)(c + 0xFEE0)] = char.ToLowerInvariant(c).ToString();
        }
        table['ϵ'] = "epsilon";
        table['ϕ'] = "phi";
        table['ϑ'] = "theta";
        table['µ'] = "mu";
        return table.ToFrozenDictionary();
    }
}
