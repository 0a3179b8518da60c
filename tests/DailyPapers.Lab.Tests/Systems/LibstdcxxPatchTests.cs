using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using DailyPapers.Lab.Systems;
using DailyPapers.TestSupport;
using TorchSharp;

namespace DailyPapers.Lab.Tests.Systems;

public sealed class LibstdcxxPatchTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("papers-elf-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_real_library_is_edited_in_three_places_and_then_left_alone()
    {
        var original = PristineLibrary();
        var edited = LibstdcxxPatch.Apply(original);
        Assert.NotNull(edited);
        Assert.Equal(original.Length, edited.Length);
        Assert.Null(LibstdcxxPatch.Apply(edited));

        // The name (28 bytes, of which a few may be equal), the version's entry (2) and the flags (2) are all that changed.
        var changed = Enumerable.Range(0, original.Length).Where(i => original[i] != edited[i]).ToList();
        Assert.InRange(changed.Count, 20, 32);
        Assert.True(edited.AsSpan().IndexOf("_ZSt21ios_base_library_initv\0"u8) < 0);
        var name = original.AsSpan().IndexOf("_ZSt21ios_base_library_initv\0"u8);
        Assert.Equal("getpid", Encoding.ASCII.GetString(edited, name, 28).TrimEnd('\0'));

        var rest = changed.Where(i => i < name || i >= name + 28).ToList();
        var versionEntry = rest.Min() & ~1;
        Assert.Equal(1, BinaryPrimitives.ReadUInt16LittleEndian(edited.AsSpan(versionEntry)));
        var flags = rest.Max() & ~1;
        Assert.Equal(BinaryPrimitives.ReadUInt16LittleEndian(original.AsSpan(flags)) | 2, BinaryPrimitives.ReadUInt16LittleEndian(edited.AsSpan(flags)));
        var needName = BinaryPrimitives.ReadUInt32LittleEndian(edited.AsSpan(flags + 4));
        var strings = name - (int)SymbolNameOffset(original, versionEntry);
        Assert.StartsWith("GLIBCXX_3.4.32\0", Encoding.ASCII.GetString(edited, strings + (int)needName, 16), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_replaced_once_with_its_mode_kept()
    {
        var path = Path.Combine(_folder.FullName, "libLibTorchSharp.so");
        File.WriteAllBytes(path, PristineLibrary());
        var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
        Assert.True(TorchNativeLibrary.Edit(path));
        var edited = File.ReadAllBytes(path);
        Assert.False(TorchNativeLibrary.Edit(path));
        Assert.Equal(edited, File.ReadAllBytes(path));
        Assert.Single(_folder.GetFiles());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(mode, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_folder_that_can_not_be_written_is_named_with_the_remedy()
    {
        var path = Path.Combine(_folder.FullName, "libLibTorchSharp.so");
        File.WriteAllBytes(path, PristineLibrary());
        // A folder in the way of the new file stops every user, the administrator too.
        Directory.CreateDirectory($"{path}.{Environment.ProcessId}.partial");
        var error = Assert.Throws<InvalidOperationException>(() => TorchNativeLibrary.Edit(path));
        Assert.Contains(_folder.FullName, error.Message, StringComparison.Ordinal);
        Assert.Contains("as a user who may write", error.Message, StringComparison.Ordinal);
        Assert.Equal(PristineLibrary(), File.ReadAllBytes(path));
    }

    [Fact]
    public void What_is_no_such_library_is_refused()
    {
        Assert.Throws<BadImageFormatException>(() => LibstdcxxPatch.Apply("#!/bin/sh"u8));
        Assert.Throws<BadImageFormatException>(() => LibstdcxxPatch.Apply(PristineLibrary().AsSpan(0, 4096)));
    }

    [Fact]
    public void The_prepared_library_multiplies_matrices()
    {
        using var scope = torch.NewDisposeScope();
        var product = torch.ones(3, 4).matmul(torch.ones(4, 2));
        Assert.Equal(24, product.sum().ToDouble());
    }

    // The test's own copy may be edited already; the package's is as published.
    private static byte[] PristineLibrary()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var version = typeof(torch).Assembly.GetName().Version!.ToString(3);
        var path = Path.Combine(packages, "torchsharp", version, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        OptionalComponent.Require(
            File.Exists(path) && RuntimeInformation.ProcessArchitecture == Architecture.X64, "TorchSharp's package in the NuGet cache");
        return File.ReadAllBytes(path);
    }

    // .gnu.version has one half word a symbol, .dynsym 24 bytes; sections by type, as in the gABI.
    private static uint SymbolNameOffset(byte[] image, int versionEntry)
    {
        var table = (int)BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(0x28));
        var count = BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(0x3c));
        int Offset(uint type) => Enumerable.Range(0, count)
            .Where(i => BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(table + 64 * i + 4)) == type)
            .Select(i => (int)BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(table + 64 * i + 0x18)))
            .Single();
        var index = (versionEntry - Offset(0x6fffffff)) / 2;
        return BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(Offset(11) + 24 * index));
    }
}
