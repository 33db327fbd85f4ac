using System.Management.Automation;

namespace PhysOpt.PowerShell.Plotting;

/// <summary>A picture cannot be written.</summary>
internal sealed class PictureException(string errorId, ErrorCategory category, string message, string recommendedAction,
    Exception? inner = null) : Exception(message, inner)
{
    /// <summary>As PowerShell shows it.</summary>
    internal ErrorRecord ErrorRecord(object target) => new(this, errorId, category, target)
    {
        ErrorDetails = new(Message) { RecommendedAction = recommendedAction },
    };
}
