using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;

namespace DailyPapers.Numerics.Tests;

/// <summary>The NuGet package: packed from this build, looked into, and used by a project that has nothing but it.</summary>
public sealed class PackageTests(PackedPackage packed) : IClassFixture<PackedPackage>
{
    [Fact]
    public void It_has_no_dependency_and_says_what_it_is()
    {
        var metadata = XDocument.Parse(packed.Text("DailyPapers.Softmax.nuspec")).Root!.Elements().Single();
        string Value(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
        Assert.Equal("DailyPapers.Softmax", Value("id"));
        Assert.Equal(typeof(Softmax).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0], Value("version"));
        Assert.Equal("Apache-2.0", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Contains("log-softmax", Value("description"), StringComparison.Ordinal);
        Assert.DoesNotContain(metadata.Descendants(), element => element.Name.LocalName == "dependency");
    }

    [Fact]
    public void It_holds_the_assembly_its_documentation_and_the_readme()
    {
        Assert.Equal(
            ["README.md", "lib/net10.0/DailyPapers.Softmax.dll", "lib/net10.0/DailyPapers.Softmax.xml"],
            packed.Files.Where(file => file == "README.md" || file.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("M:DailyPapers.Numerics.LogSoftmax.ComputeRows(", packed.Text("lib/net10.0/DailyPapers.Softmax.xml"), StringComparison.Ordinal);
        Assert.Contains("Softmax.Compute(", packed.Text("README.md"), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.ChangeExtension(packed.Path, ".snupkg")));
    }

    [Fact]
    public void A_project_that_restores_it_from_a_folder_builds_and_runs()
    {
        var folder = Directory.CreateDirectory(Path.Combine(packed.Folder, "consumer")).FullName;
        File.WriteAllText(Path.Combine(folder, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration><packageSources><clear /><add key="folder" value="{packed.Folder}" /></packageSources></configuration>
            """);
        File.WriteAllText(Path.Combine(folder, "Consumer.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <UseAppHost>false</UseAppHost>
                <RestorePackagesPath>{Path.Combine(folder, "packages")}</RestorePackagesPath>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="DailyPapers.Softmax" Version="{packed.Version}" /></ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), """
            var x = new float[] { 1000, 1000, 1000, 1000 };
            DailyPapers.Numerics.Softmax.Compute(x, x);
            System.Console.WriteLine(string.Join(' ', System.Linq.Enumerable.Select(x, y => y.ToString(System.Globalization.CultureInfo.InvariantCulture))));
            """);
        Dotnet.Run(folder, "build", "--nologo", "--verbosity", "quiet", "-o", "out");
        Assert.Equal("0.25 0.25 0.25 0.25", Dotnet.Run(folder, Path.Combine("out", "Consumer.dll")).Trim());
    }
}

/// <summary>What <c>dotnet pack</c> makes of the assembly under test, in a folder that goes with the tests.</summary>
public sealed class PackedPackage : IDisposable
{
    public PackedPackage()
    {
        Folder = Directory.CreateTempSubdirectory("softmax-package-").FullName;
        var configuration = typeof(PackedPackage).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        Dotnet.Run(Project(), "pack", "--no-build", "--nologo", "-c", configuration, "-o", Folder);
        Path = Directory.GetFiles(Folder, "*.nupkg").Single();
        using var zip = ZipFile.OpenRead(Path);
        Files = [.. zip.Entries.Select(entry => entry.FullName)];
    }

    public string Folder { get; }

    public string Path { get; }

    public IReadOnlyList<string> Files { get; }

    public string Version => System.IO.Path.GetFileNameWithoutExtension(Path)["DailyPapers.Softmax.".Length..];

    public string Text(string file)
    {
        using var zip = ZipFile.OpenRead(Path);
        using var reader = new StreamReader(zip.GetEntry(file)!.Open());
        return reader.ReadToEnd();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Project()
    {
        for (var parent = Directory.GetParent(AppContext.BaseDirectory); parent is not null; parent = parent.Parent)
        {
            var project = System.IO.Path.Combine(parent.FullName, "lab", "DailyPapers.Softmax");
            if (Directory.Exists(project))
                return project;
        }
        throw new DirectoryNotFoundException("The tests must run inside the repository: lab/DailyPapers.Softmax is not above them.");
    }
}

/// <summary>The SDK's command.</summary>
internal static class Dotnet
{
    internal static string Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // A build server that outlives the test would keep its output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}\n{errors.Result}");
        return output;
    }
}
