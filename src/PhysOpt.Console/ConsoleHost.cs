using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace PhysOpt.Hosting;

/// <summary>What the engine knows about the program it runs in: <c>$Host</c>.</summary>
internal sealed class ConsoleHost(Session session) : PSHost
{
    public static Version AssemblyVersion { get; } = typeof(ConsoleHost).Assembly.GetName().Version ?? new Version(0, 0);

    public override string Name => "PhysOpt.Console";

    public override Version Version => AssemblyVersion;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI { get; } = new ConsoleHostUI(session);

    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    /// <summary><c>exit N</c> at the prompt or in -Command; the session ends when the pipeline does.</summary>
    public override void SetShouldExit(int exitCode) => session.ExitCode = exitCode;

    /// <summary>Not offered: a host without nested prompts says so with this exception, and the engine shows it as an error.</summary>
    public override void EnterNestedPrompt() => throw new PSNotImplementedException("This console has no nested prompts.");

    /// <inheritdoc cref="EnterNestedPrompt"/>
    public override void ExitNestedPrompt() => throw new PSNotImplementedException("This console has no nested prompts.");

    /// <summary>Nothing to save: the console's modes are set only while a line is being read.</summary>
    public override void NotifyBeginApplication()
    {
    }

    /// <inheritdoc cref="NotifyBeginApplication"/>
    public override void NotifyEndApplication()
    {
    }
}
