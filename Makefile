.PHONY: help
help:
	@echo 'mvn                                        one night on a cloud of this machine: docs/local-cloud.md'
	@echo './server-backup help                       the program: questions, requests, the local cloud: docs/cli.md'
	@echo 'mvn -B verify                              all tests: CONTRIBUTING.md'
	@echo 'mvn -q test -Dtest=NAME                    one test'
	@echo 'mvn -q validate exec:exec@format           mend the format'
	@echo 'mvn -q test-compile exec:exec@bench        figures: docs/performance.md'
	@echo 'mvn -Pmutation verify, mvn -Pfuzz verify   docs/testing.md'
	@echo 'sam build, sam deploy                      docs/first-day.md'
	@echo '.ci/run                                    everything that must hold'

# What "sam build" runs for a function of template.yaml, in a copy of the project; people build with Maven.
# SAM's own way of building with Maven would install the project and run all tests, once for each function.

ARTIFACTS_DIR ?= $(error "sam build" runs this and says where to; to build by hand: mvn verify)

# Both functions are the same code; template.yaml gives each its handler.
.PHONY: build-BackupFunction build-FollowUpFunction
build-BackupFunction build-FollowUpFunction:
	mvn --batch-mode --quiet clean process-classes dependency:copy-dependencies -DincludeScope=runtime -Dmdep.prependGroupId=true \
	  -DoutputDirectory="$(ARTIFACTS_DIR)/lib"
	cp -R target/classes/. "$(ARTIFACTS_DIR)"
