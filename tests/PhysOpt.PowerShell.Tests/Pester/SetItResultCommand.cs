using System.Management.Automation;

namespace PhysOpt.PowerShell.Tests.Pester;

/// <summary>Ends an It without a verdict; both kinds show as skipped.</summary>
[Cmdlet(VerbsCommon.Set, "ItResult")]
public sealed class SetItResultCommand : PSCmdlet
{
    public const string ErrorIdPrefix = "PesterTest";

    [Parameter(Mandatory = true, ParameterSetName = nameof(Skipped))]
    public SwitchParameter Skipped { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(Inconclusive))]
    public SwitchParameter Inconclusive { get; set; }

    [Parameter]
    public string? Because { get; set; }

    protected override void EndProcessing()
    {
        var because = PesterFormat.Because(Because).TrimEnd(',');
        var message = $"is {ParameterSetName.ToLowerInvariant()}{(because.Length > 0 ? "," : "")}{because}";
        ThrowTerminatingError(new ErrorRecord(new InvalidOperationException(message), ErrorIdPrefix + ParameterSetName, ErrorCategory.InvalidResult, null));
    }
}
