using System.Buffers.Binary;
using System.Text;

namespace DailyPapers.Lab.Systems;

/// <summary>
/// Lets TorchSharp's native library load with a libstdc++ older than GCC 13's (Debian 12, Ubuntu 22.04, RHEL 9).
/// </summary>
/// <remarks>
/// The library was linked with GCC 13 and imports one symbol that those systems lack,
/// <c>_ZSt21ios_base_library_initv@GLIBCXX_3.4.32</c>: a function that only asks newer libstdc++ to initialise iostreams, which
/// older ones do from every translation unit. Three edits to the ELF image take the import out of the way:
/// the symbol's name becomes that of a harmless function of libc without arguments; its version becomes "global", so that any
/// libc serves it; and the need for version GLIBCXX_3.4.32 becomes weak, so that its absence is no error.
/// Layout and names after the System V gABI and the LSB's symbol versioning.
/// </remarks>
public static class LibstdcxxPatch
{
    /// <summary>The symbol version that older systems lack.</summary>
    public const string Version = "GLIBCXX_3.4.32";

    private const string Symbol = "_ZSt21ios_base_library_initv";
    private const string Replacement = "getpid";

    private const uint DynamicSymbols = 11; // SHT_DYNSYM
    private const uint SymbolVersions = 0x6fffffff; // SHT_GNU_versym
    private const uint VersionNeeds = 0x6ffffffe; // SHT_GNU_verneed
    private const int SymbolSize = 24; // sizeof(Elf64_Sym)
    private const ushort GlobalVersion = 1; // VER_NDX_GLOBAL
    private const ushort VersionMask = 0x7fff; // the top bit hides a version
    private const ushort Weak = 2; // VER_FLG_WEAK

    /// <summary>The edited image, or null when it doesn't import the symbol (any more).</summary>
    /// <exception cref="BadImageFormatException">The image is not a little-endian 64-bit ELF library with versioned symbols.</exception>
    /// <exception cref="NotSupportedException">Something else in the image needs the version too, so that the edits would not suffice.</exception>
    public static byte[]? Apply(ReadOnlySpan<byte> image)
    {
        var sections = Sections(image);
        var symbols = Find(sections, DynamicSymbols, "dynamic symbols");
        var versions = Find(sections, SymbolVersions, "symbol versions");
        var needs = Find(sections, VersionNeeds, "version needs");
        var strings = sections[(int)symbols.Link];

        if (FindSymbol(image, symbols, strings) is not { } index)
            return null;
        var versionEntry = versions.Offset + 2 * index;
        var versionIndex = (ushort)(Half(image, versionEntry) & VersionMask);
        var need = FindNeed(image, needs, sections[(int)needs.Link], versionIndex);
        CheckAlone(image, symbols, strings, versions, index, versionIndex);

        var edited = image.ToArray();
        var name = edited.AsSpan(strings.Offset + (int)Word(image, symbols.Offset + SymbolSize * index), Symbol.Length);
        name.Clear();
        Encoding.ASCII.GetBytes(Replacement, name);
        BinaryPrimitives.WriteUInt16LittleEndian(edited.AsSpan(versionEntry), GlobalVersion);
        BinaryPrimitives.WriteUInt16LittleEndian(edited.AsSpan(need + 4), (ushort)(Half(image, need + 4) | Weak));
        return edited;
    }

    private static int? FindSymbol(ReadOnlySpan<byte> image, Section symbols, Section strings)
    {
        for (var index = 1; index < symbols.Size / SymbolSize; index++)
            if (Name(image, strings, Word(image, symbols.Offset + SymbolSize * index)) == Symbol)
                return index;
        return null;
    }

    // The Elf64_Vernaux entry (hash 4, flags 2, version index 2, name 4, next 4) of the version.
    private static int FindNeed(ReadOnlySpan<byte> image, Section needs, Section strings, ushort versionIndex)
    {
        var library = needs.Offset;
        while (true)
        {
            var entry = library + (int)Word(image, library + 8);
            for (var left = Half(image, library + 2); left > 0; left--)
            {
                if (Half(image, entry + 6) == versionIndex)
                {
                    var name = Name(image, strings, Word(image, entry + 8));
                    return name == Version ? entry : throw new NotSupportedException($"The library needs {Symbol} of version {name}, where {Version} was expected.");
                }
                entry += (int)Word(image, entry + 12);
            }
            var next = (int)Word(image, library + 12);
            if (next == 0)
                throw new BadImageFormatException($"The library's symbol {Symbol} has a version that no library provides.");
            library += next;
        }
    }

    private static void CheckAlone(ReadOnlySpan<byte> image, Section symbols, Section strings, Section versions, int index, ushort versionIndex)
    {
        var name = Word(image, symbols.Offset + SymbolSize * index);
        for (var other = 1; other < symbols.Size / SymbolSize; other++)
        {
            var otherName = Word(image, symbols.Offset + SymbolSize * other);
            if (other == index)
                continue;
            if ((Half(image, versions.Offset + 2 * other) & VersionMask) == versionIndex)
                throw new NotSupportedException($"The library also needs {Name(image, strings, otherName)} of {Version}; this system's libstdc++ is too old for it.");
            if (otherName >= name && otherName < name + Symbol.Length)
                throw new NotSupportedException($"The name of {Symbol} is shared with another symbol, so it can't be replaced.");
        }
    }

    private static List<Section> Sections(ReadOnlySpan<byte> image)
    {
        if (image.Length < 64 || !image[..6].SequenceEqual("\u007fELF\u0002\u0001"u8))
            throw new BadImageFormatException("Expected a little-endian 64-bit ELF library.");
        try
        {
            var table = checked((int)Long(image, 0x28));
            int size = Half(image, 0x3a), count = Half(image, 0x3c);
            var sections = new List<Section>(count);
            for (var i = 0; i < count; i++)
            {
                var header = table + i * size;
                sections.Add(new(
                    Word(image, header + 4), checked((int)Long(image, header + 0x18)), checked((int)Long(image, header + 0x20)), Word(image, header + 0x28)));
            }
            return sections;
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or OverflowException)
        {
            throw new BadImageFormatException("The library's section headers point outside the file.", exception);
        }
    }

    private static Section Find(List<Section> sections, uint type, string what)
    {
        var index = sections.FindIndex(section => section.Type == type);
        return index >= 0 ? sections[index] : throw new BadImageFormatException($"The library has no section of {what}.");
    }

    private static string Name(ReadOnlySpan<byte> image, Section strings, uint offset)
    {
        var name = image.Slice(strings.Offset, strings.Size)[(int)offset..];
        return Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]);
    }

    private static ushort Half(ReadOnlySpan<byte> image, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(image[offset..]);

    private static uint Word(ReadOnlySpan<byte> image, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(image[offset..]);

    private static ulong Long(ReadOnlySpan<byte> image, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(image[offset..]);

    private readonly record struct Section(uint Type, int Offset, int Size, uint Link);
}
