using PhysOpt.Hosting.Terminals;

namespace PhysOpt.Hosting;

/// <summary>Runs a script, a command or a prompt in the PowerShell engine with PhysOpt imported.</summary>
internal static class Program
{
    static int Main(string[] args)
    {
        try
        {
            var commandLine = CommandLine.Parse(args);
            if (commandLine.Mode == RunMode.Help)
            {
                Console.Out.WriteLine(CommandLine.Usage);
                return ExitCodes.Success;
            }
            return Run(commandLine);
        }
        catch (UsageException problem)
        {
            Console.Error.WriteLine(problem.Message);
            Console.Error.WriteLine();
            Console.Error.WriteLine(CommandLine.Usage);
            return ExitCodes.Usage;
        }
    }

    static int Run(CommandLine commandLine)
    {
        // before the engine starts: a bad argument costs no start-up
        var arguments = ScriptArguments.ToSource(commandLine.Arguments);
        using var session = new Session(new Terminal());
        ConsoleCancelEventHandler onCancel = (_, e) =>
            e.Cancel = e.SpecialKey == ConsoleSpecialKey.ControlC && session.Interrupt(keepAlive: commandLine.Mode == RunMode.Prompt);
        Console.CancelKeyPress += onCancel;
        try
        {
            if (commandLine.ImportModule && !ImportModule(session))
                return session.ExitCode ?? ExitCodes.Failure;
            return commandLine.Mode switch
            {
                RunMode.Script => session.RunScript(commandLine.Target, arguments),
                RunMode.Command => session.RunCommand(commandLine.Target),
                _ => new PromptLoop(session).Run(),
            };
        }
        finally
        {
            Console.CancelKeyPress -= onCancel;
        }
    }

    static bool ImportModule(Session session)
    {
        if (ModuleFinder.Find(AppContext.BaseDirectory) is { } manifest)
            return session.ImportModule(manifest);
        session.Terminal.WriteErrorLine(
            $"{ModuleFinder.ManifestName} was not found in {AppContext.BaseDirectory} or any folder above it. "
            + "Build the module first, or start with -NoModule.");
        return false;
    }
}
