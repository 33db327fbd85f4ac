using System.Management.Automation;
using PhysOpt.Hosting.Editing;

namespace PhysOpt.Hosting;

/// <summary>Reads, runs, shows, again: until <c>exit</c> or the end of input.</summary>
/// <remarks>
/// With a terminal there is a prompt, a line editor, history and completion. Otherwise lines come from standard input and
/// are run one by one, without a prompt in the output.
/// </remarks>
internal sealed class PromptLoop(Session session)
{
    const string Continuation = ">> ";

    public int Run()
    {
        var read = session.Terminal.CanEdit ? StartEditor() : ReadPlainInput;
        while (session.ExitCode is null && read() is { } text)
        {
            if (!string.IsNullOrWhiteSpace(text))
                session.RunText(text);
            if (session.Terminal.CanEdit)
                session.Terminal.StartLine();
        }
        return session.ExitCode ?? ExitCodes.Success;
    }

    Func<string?> StartEditor()
    {
        session.Terminal.WriteLine(
            $"PhysOpt {ConsoleHost.AssemblyVersion.ToString(3)} on PowerShell {PSVersionInfo.PSVersion}. Get-Command -Module PhysOpt lists what there is; exit leaves.");
        var history = new History();
        var editor = new LineEditor(session.Terminal, history, session.Complete, Session.IsIncomplete);
        return () =>
        {
            while (true)
            {
                var line = editor.Read(session.EvaluatePrompt(), Continuation);
                if (line.Ended)
                    return null;
                if (line.Text is not { } text)
                    continue;
                history.Add(text);
                return text;
            }
        };
    }

    string? ReadPlainInput()
    {
        var prompts = session.Terminal is { InputIsTerminal: true, OutputIsTerminal: true };
        if (prompts)
            session.Terminal.Write(session.EvaluatePrompt());
        var text = Console.In.ReadLine();
        while (text is not null && Session.IsIncomplete(text))
        {
            if (prompts)
                session.Terminal.Write(Continuation);
            if (Console.In.ReadLine() is not { } next)
                break;
            text += "\n" + next;
        }
        return text;
    }
}
