# What "sam build" runs for a function of template.yaml, in a copy of the project; people build with Maven.
# Maven stops after process-classes: no test runs again, nothing is installed. target/deployed/lib is the runtime scope,
# with shrunk AWS clients: docs/decisions/0017-shrunk-clients.md.

ARTIFACTS_DIR ?= $(error "sam build" runs this and says where to; to build by hand: mvn verify)

# Both functions are the same code; template.yaml gives each its handler.
.PHONY: build-BackupFunction build-FollowUpFunction
build-BackupFunction build-FollowUpFunction:
	mvn --batch-mode --quiet clean process-classes
	mkdir -p "$(ARTIFACTS_DIR)/lib"
	cp -R target/deployed/lib/. "$(ARTIFACTS_DIR)/lib"
	cp -R target/classes/. "$(ARTIFACTS_DIR)"
