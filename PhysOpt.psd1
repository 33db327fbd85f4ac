@{
    NestedModules          = @('bin/PhysOpt.Loader.dll', 'bin/PhysOpt.Types.psd1', 'bin/PhysOpt.PowerShell.dll')
    ModuleVersion          = '0.1.0'
    GUID                   = '5b1b5b0e-6d0b-4d53-9a64-0a2f4e6f3c71'
    Author                 = 'The PhysOpt authors'
    CompanyName            = 'PhysOpt'
    Copyright              = '(c) The PhysOpt authors. MIT licence.'
    Description            = 'Optimisation and inverse problems through physical simulators: which input makes my model give this output?'
    PowerShellVersion      = '7.6'
    CompatiblePSEditions   = @('Core')

    FormatsToProcess       = @('bin/PhysOpt.Format.ps1xml')

    CmdletsToExport        = @(
        'Compare-Optimizer'
        'Compare-Trajectory'
        'Export-TrajectoryPlot'
        'Find-Minimum'
        'Find-NumericInverse'
        'Get-FunctionTrace'
        'Get-Gradient'
        'Get-Hessian'
        'Get-Jacobian'
        'Get-OptimizationProblem'
        'Invoke-AdaGrad'
        'Invoke-Adam'
        'Invoke-Bobyqa'
        'Invoke-GaussNewton'
        'Invoke-GradientDescent'
        'Invoke-HalfInverseGradient'
        'Invoke-InverseSimulator'
        'Invoke-Lbfgs'
        'Invoke-LevenbergMarquardt'
        'Invoke-NelderMead'
        'Invoke-NewtonStep'
        'Invoke-RmsProp'
        'Invoke-TrustRegion'
        'Measure-DiagonalAlignment'
        'Measure-GradientError'
        'Measure-Trajectory'
        'New-OptimizationProblem'
        'Show-Trajectory'
        'Test-Gradient'
    )
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()

    PrivateData            = @{
        PSData = @{
            Tags         = @(
                'optimization', 'optimisation', 'inverse-problems', 'physics', 'simulation', 'L-BFGS', 'Newton', 'gradient-descent',
                'automatic-differentiation', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS'
            )
            ReleaseNotes = @'
First version. Models and losses are script blocks, which are traced and run as native code with exact derivatives. Gradient descent and its kin, Newton's
method, trust regions, L-BFGS within bounds, least squares, inverse simulators; Find-Minimum chooses among them. Each iteration is an object in the pipeline.
Derivatives, checks of gradients, measures of runs, comparisons of methods, pictures as PNG and SVG and in the terminal. Get-Help about_PhysOpt is the way in.
'@
        }
    }
}
