using System.CommandLine;
using System.Text;
using DailyPapers.Community.Accounts.Passwords;

namespace DailyPapers.Cli.Commands;

/// <summary><c>papers users common-passwords</c>: makes the compact list that new passwords are checked against.</summary>
internal static class CommonPasswordsCommand
{
    public static Command Build()
    {
        var input = new Argument<FileInfo>("input") { Description = "A UTF-8 file with a password a line, such as one of leaked passwords." };
        var output = new Argument<FileInfo>("output") { Description = "The list to write; name it in the setting Accounts:CommonPasswords." };
        var command = new Command("common-passwords", "Make a list of passwords that nobody may choose.") { input, output };
        command.SetAction((parse, cancellationToken) => Failure.GuardAsync(async () =>
        {
            var target = parse.GetRequiredValue(output).FullName;
            var words = File.ReadLines(parse.GetRequiredValue(input).FullName, Encoding.UTF8);
            var list = CommonPasswords.Of(words);
            var beside = target + ".partial";
            await File.WriteAllBytesAsync(beside, list.ToBytes(), cancellationToken);
            File.Move(beside, target, overwrite: true);
            Console.WriteLine($"{list.Count:N0} passwords in {new FileInfo(target).Length:N0} bytes.");
            return ExitCode.Ok;
        }));
        return command;
    }
}
